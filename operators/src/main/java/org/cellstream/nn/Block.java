package org.cellstream.nn;

/**
 * Where numbers of a matrix lie in an array: that of row r and column k at {@code at + r *
 * rowStride + k * columnStride}. Mutable and reused, so that pointing elsewhere allocates nothing.
 */
final class Block {

    float[] values = {};
    int at;
    int rowStride;
    int columnStride;

    /** Points at rows whose columns lie side by side. */
    void rows(float[] values, int at, int rowStride) {
        at(values, at, rowStride, 1);
    }

    /** Points at columns of such rows, each as a row of this block. */
    void transposed(float[] values, int at, int rowStride) {
        at(values, at, 1, rowStride);
    }

    private void at(float[] values, int at, int rowStride, int columnStride) {
        this.values = values;
        this.at = at;
        this.rowStride = rowStride;
        this.columnStride = columnStride;
    }
}
