package org.cellstream.nn;

/** Rows times a mask, in scratch of their own. */
final class MaskedRows {

    private final float[] scratch;

    /**
     * @param rate share that is dropped; without any there is no scratch, and {@link #mask} is not
     *     to be called
     */
    MaskedRows(double rate, int width, int maxRows) {
        scratch = new float[rate > 0 ? maxRows * width : 0];
    }

    /** Multiplies the rows by a mask {@code [rows, width]}, if it is not empty. */
    void mask(int rows, Rows at, float[] mask) {
        if (mask.length == 0) {
            return;
        }
        int width = at.width;
        for (int r = 0; r < rows; r++) {
            int from = at.start(r);
            for (int j = 0; j < width; j++) {
                scratch[r * width + j] = at.values[from + j] * mask[r * width + j];
            }
        }
        at.at(scratch, 0, width);
    }
}
