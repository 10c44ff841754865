package org.cellstream.features;

/**
 * One step from a column's source to its value. It reads what its key remembers in {@link #apply}
 * and writes it in {@link #remember} only, which is called once the whole event has been accepted.
 */
sealed interface Transform
        permits PlainTransform, Clip, Diff, Lag, TimePart, Cyclic, Category, KeyCategory, Missing {

    /**
     * The transformed value; not finite if this transform cannot take {@code value}.
     *
     * @param value a finite number
     * @param memory memory of the key, read only
     * @param offset where this transform's part of {@code memory} starts
     * @param seen events that this transform's column took in before this one; while it is 0,
     *     {@code memory} is not read
     */
    double apply(double value, double[] memory, int offset, long seen);

    /** Writes what later events need to know of {@code value}; parameters as in {@link #apply}. */
    default void remember(double value, double[] memory, int offset, long seen) {}

    /** Doubles that it remembers of a key. */
    default int memorySize() {
        return 0;
    }

    /** What becomes of the value of a column that ends with it. */
    default InputForm form() {
        return InputForm.STANDARDISED;
    }

    /** Whether {@link #undo} may be called. */
    boolean undoable();

    /**
     * The value that this transform would take to {@code value} at the key's next event.
     *
     * @param memory memory of the key after its last accepted event, read only
     * @param offset where this transform's part of {@code memory} starts
     */
    double undo(double value, double[] memory, int offset);

    /** What it takes, for messages: {@code numbers above 0}. */
    default String takes() {
        return "finite numbers";
    }

    /** A number as the grammar reads it, a whole one without its ".0". */
    static String text(double number) {
        String text = Double.toString(number);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** {@code value}, or the nearest finite number if it is too large. NaN stays NaN. */
    static double finite(double value) {
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
    }
}
