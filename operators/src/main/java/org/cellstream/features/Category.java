package org.cellstream.features;

/**
 * The index of one of some categories, which an embedding reads.
 *
 * @param categories how many there are, from 1 to {@link #MOST}
 */
record Category(int categories) implements Transform {

    /** As many as an embedding can have. */
    static final int MOST = 999_999;

    @Override
    public double apply(double value, double[] memory, int offset, long seen) {
        // adding 0 makes the index of -0 one of 0
        return value >= 0 && value < categories && value == Math.rint(value)
                ? value + 0.0
                : Double.NaN;
    }

    @Override
    public InputForm form() {
        return InputForm.INDEX;
    }

    @Override
    public boolean undoable() {
        return true;
    }

    @Override
    public double undo(double value, double[] memory, int offset) {
        return value;
    }

    @Override
    public String takes() {
        return "whole numbers from 0 to " + (categories - 1);
    }

    /** The text that the grammar reads: {@code category(12)}. */
    @Override
    public String toString() {
        return "category(" + categories + ")";
    }
}
