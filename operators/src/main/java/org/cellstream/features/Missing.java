package org.cellstream.features;

/**
 * Lets events come without the column's number: in its place stands the last one that came, and two
 * more numbers of the input row say that it is missing and for how long.
 *
 * @see <a href="https://arxiv.org/abs/1606.01865">Che et al. 2018</a>: mask, last value and time
 *     since as inputs of a recurrent network
 */
record Missing() implements Transform {

    /** Where, in what it remembers, the row's number of the last value that came is. */
    static final int LAST = 0;

    /** Where the event time of that value is, in seconds since 1970. */
    static final int TIME = 1;

    /** Where the statistics of the time since then start. */
    static final int SINCE = 2;

    @Override
    public double apply(double value, double[] memory, int offset, long seen) {
        return value;
    }

    @Override
    public int memorySize() {
        return SINCE + Standardisation.MEMORY_SIZE;
    }

    @Override
    public InputForm form() {
        return InputForm.MAY_BE_MISSING;
    }

    @Override
    public boolean undoable() {
        return true;
    }

    @Override
    public double undo(double value, double[] memory, int offset) {
        return value;
    }

    /** The text that the grammar reads. */
    @Override
    public String toString() {
        return "missing";
    }
}
