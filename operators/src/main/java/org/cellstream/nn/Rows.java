package org.cellstream.nn;

import org.jspecify.annotations.Nullable;

/**
 * Rows of a caller's array, read or written where they lie: row r is the {@code width} floats from
 * {@link #start}. Rows lie a stride apart, or wherever a table says. Mutable and reused, so that
 * pointing at other rows allocates nothing.
 */
final class Rows {

    final int width;
    float[] values = {};
    private int offset;
    private int stride;
    private int @Nullable [] table;
    private int first;

    Rows(int width) {
        this.width = width;
    }

    /** Points at rows of {@code values}, row r being at {@code offset + r * stride}. */
    void at(float[] values, int offset, int stride) {
        this.values = values;
        this.offset = offset;
        this.stride = stride;
        this.table = null;
        this.first = 0;
    }

    /** Points at rows of {@code values}, row r being at {@code table[r]}. */
    void at(float[] values, int[] table) {
        at(values, 0, 0);
        this.table = table;
    }

    /** Points at the rows of {@code other}, {@code columns} to the right. */
    void at(Rows other, int columns) {
        at(other, columns, 0);
    }

    /** Points at the rows of {@code other} from {@code row} on, {@code columns} to the right. */
    void at(Rows other, int columns, int row) {
        at(other.values, other.offset + columns, other.stride);
        this.table = other.table;
        this.first = other.first + row;
    }

    /** Where row r starts in {@link #values}. */
    int start(int r) {
        int[] starts = table;
        return starts == null ? offset + (first + r) * stride : offset + starts[first + r];
    }

    /** Whether rows lie wherever a table says. */
    boolean scattered() {
        return table != null;
    }

    /**
     * Floats from one row to the next.
     *
     * @throws IllegalStateException if they are scattered
     */
    int stride() {
        if (table != null) {
            throw new IllegalStateException("scattered rows have no stride; gather them first");
        }
        return stride;
    }

    /** Copies the first {@code width} floats of each row. */
    static void copy(int rows, int width, Rows from, Rows to) {
        for (int r = 0; r < rows; r++) {
            System.arraycopy(from.values, from.start(r), to.values, to.start(r), width);
        }
    }
}
