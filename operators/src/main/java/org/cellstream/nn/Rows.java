package org.cellstream.nn;

/**
 * Rows of a caller's array, read or written where they lie: row r is the {@code width} floats from
 * {@code offset + r * stride}. Mutable and reused, so that pointing at other rows allocates
 * nothing.
 */
final class Rows {

    final int width;
    float[] values = {};
    int offset;
    int stride;

    Rows(int width) {
        this.width = width;
    }

    /** Points at rows of {@code values}. */
    void at(float[] values, int offset, int stride) {
        this.values = values;
        this.offset = offset;
        this.stride = stride;
    }

    /** Points at the rows of {@code other}, {@code columns} to the right. */
    void at(Rows other, int columns) {
        at(other.values, other.offset + columns, other.stride);
    }

    /** Copies the first {@code width} floats of each row. */
    static void copy(int rows, int width, Rows from, Rows to) {
        for (int r = 0; r < rows; r++) {
            int source = from.offset + r * from.stride;
            System.arraycopy(from.values, source, to.values, to.offset + r * to.stride, width);
        }
    }
}
