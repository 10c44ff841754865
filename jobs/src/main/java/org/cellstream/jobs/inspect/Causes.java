package org.cellstream.jobs.inspect;

/** Finds what to say of a failure that others have wrapped. */
final class Causes {

    private Causes() {}

    /** The message of the first cause, or its name if it has none. */
    static String first(Throwable failure) {
        Throwable first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return first.getMessage() == null ? first.getClass().getSimpleName() : first.getMessage();
    }
}
