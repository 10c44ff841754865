package org.cellstream.features;

/**
 * Cuts values to a range.
 *
 * @param low least value
 * @param high largest value
 */
record Clip(double low, double high) implements Transform {

    @Override
    public double apply(double value, double[] memory, int offset, long seen) {
        return Math.max(low, Math.min(high, value));
    }

    @Override
    public boolean undoable() {
        return false;
    }

    @Override
    public double undo(double value, double[] memory, int offset) {
        throw new IllegalStateException(this + " cannot be undone");
    }

    /** The text that the grammar reads: {@code clip(-1,2.5)}. */
    @Override
    public String toString() {
        return "clip(" + Transform.text(low) + "," + Transform.text(high) + ")";
    }
}
