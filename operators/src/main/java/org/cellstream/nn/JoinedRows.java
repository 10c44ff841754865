package org.cellstream.nn;

/**
 * Inputs and the previous h of each row, side by side in scratch of their own: what a layer's sums
 * run over in one loop, and in an order that a kernel's compiler understands, wherever the rows lay
 * before.
 */
final class JoinedRows {

    /** The joined rows, {@code [rows, width]}. */
    final Rows all;

    private final Rows part;

    JoinedRows(int width, int maxRows) {
        this.all = new Rows(width);
        this.part = new Rows(width);
        all.at(new float[maxRows * width], 0, width);
    }

    /** Copies rows into the columns from {@code column} on. */
    void put(int rows, int column, Rows from) {
        part.at(all, column);
        Rows.copy(rows, from.width, from, part);
    }
}
