package org.cellstream.nn;

import java.util.Arrays;

/**
 * The columns of a product, cut into panels of 4, 2 and 1 vectors. Sums of a panel with padding are
 * made in scratch, those of others where they are wanted.
 */
final class ProductColumns {

    /** Rows of the right matrix that stay in the first-level cache. */
    static final int DEPTH = 128;

    /** N. */
    final int count;

    private final int lanes;
    private final int vectors;
    private final Block sums = new Block();
    private float[] scratch = {};

    ProductColumns(int lanes, int count) {
        this.lanes = lanes;
        this.count = count;
        this.vectors = (count + lanes - 1) / lanes;
    }

    /** Panels. */
    int count() {
        return vectors / 4 + Integer.bitCount(vectors % 4);
    }

    /** Columns with the padding of the last. */
    int padded() {
        return vectors * lanes;
    }

    /** First column of a panel. */
    int first(int panel) {
        int whole = vectors / 4;
        if (panel <= whole) {
            return 4 * lanes * panel;
        }
        return lanes * (4 * whole + 2); // behind the panel of two vectors
    }

    /** Columns of a panel, padding included. */
    int width(int panel) {
        if (panel < vectors / 4) {
            return 4 * lanes;
        }
        return lanes * (panel == vectors / 4 && vectors % 4 >= 2 ? 2 : 1);
    }

    private int used(int panel) {
        return Math.min(width(panel), count - first(panel));
    }

    /** Packs a panel's columns of {@code depth} rows of a matrix {@code [.., N]}. */
    @SuppressWarnings("checkstyle:ParameterNumber")
    void pack(Slice matrix, int depth, int panel, float[] to, int at) {
        int width = width(panel);
        int used = used(panel);
        int from = matrix.at() + first(panel);
        for (int k = 0; k < depth; k++) {
            System.arraycopy(matrix.values(), from + k * count, to, at + k * width, used);
            if (used < width) {
                Arrays.fill(to, at + k * width + used, at + (k + 1) * width, 0);
            }
        }
    }

    /** Points {@link #sums} at the panel's sums, whose rows {@code [.., N]} are at {@code at}. */
    void begin(int panel, int rows, float[] values, int at) {
        int width = width(panel);
        if (used(panel) == width) {
            sums.rows(values, at + first(panel), count);
            return;
        }
        if (scratch.length < rows * width) {
            scratch = new float[rows * width];
        }
        for (int r = 0; r < rows; r++) {
            int from = at + r * count + first(panel);
            System.arraycopy(values, from, scratch, r * width, used(panel));
        }
        sums.rows(scratch, 0, width);
    }

    /** Brings the sums where they are wanted. */
    void end(int panel, int rows, float[] values, int at) {
        int width = width(panel);
        if (used(panel) == width) {
            return;
        }
        for (int r = 0; r < rows; r++) {
            int to = at + r * count + first(panel);
            System.arraycopy(scratch, r * width, values, to, used(panel));
        }
    }

    Block sums() {
        return sums;
    }
}
