package org.cellstream.experts;

/**
 * One way to forecast a key's next target. What it knows of a key are numbers in the key's memory,
 * from a place on that it was given; all 0 for a key never seen, but for what {@link #start} sets.
 */
interface Expert {

    /** Doubles that it keeps of a key. */
    default int doubles() {
        return 0;
    }

    /** Floats that it keeps of a key. */
    default int floats() {
        return 0;
    }

    /** Last targets of a key that it reads. */
    default int lags() {
        return 1;
    }

    /** Sets the numbers of a key never seen. */
    default void start(KeyView key) {}

    /**
     * Learns how the target at hand follows from what came before. The series ends before it.
     *
     * @param target finite
     */
    default void learn(KeyView key, double target) {}

    /** Takes the target at hand for the newest of the key. The series ends before it. */
    default void advance(KeyView key, double target) {}

    /** What comes next does not follow what came before. */
    default void startAnew(KeyView key) {}

    /** The forecast of the next target, of a key that has had one; NaN if it cannot say. */
    double forecast(KeyView key);
}
