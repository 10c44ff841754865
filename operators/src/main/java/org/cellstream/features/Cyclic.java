package org.cellstream.features;

/**
 * The angle of a number that starts again after a period, 0 to 2 pi; the network sees its sine and
 * cosine, so that the end of a period lies beside its start.
 *
 * @param period in the unit of the number, above 0
 */
record Cyclic(double period) implements Transform {

    private static final double FULL_TURN = 2 * Math.PI;

    /** The remainder is exact, so that a large number loses no part of its phase. */
    @Override
    public double apply(double value, double[] memory, int offset, long seen) {
        return FULL_TURN * (value % period / period);
    }

    @Override
    public InputForm form() {
        return InputForm.ANGLE;
    }

    @Override
    public boolean undoable() {
        return false;
    }

    @Override
    public double undo(double value, double[] memory, int offset) {
        throw new IllegalStateException(this + " cannot be undone");
    }

    /** The text that the grammar reads: {@code cyclic(360)}. */
    @Override
    public String toString() {
        return "cyclic(" + Transform.text(period) + ")";
    }
}
