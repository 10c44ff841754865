package org.cellstream.nn;

/**
 * The cells of one panel's units: c before a step, read, and c and h after it, written. All as wide
 * as a vector.
 */
final class CellRows {

    final Rows c;
    final Rows nextC;
    final Rows nextH;

    CellRows(int lanes) {
        this.c = new Rows(lanes);
        this.nextC = new Rows(lanes);
        this.nextH = new Rows(lanes);
    }

    /** Cells in arrays of their own. */
    static CellRows scratch(int lanes, int rows) {
        CellRows cells = new CellRows(lanes);
        cells.c.at(new float[rows * lanes], 0, lanes);
        cells.nextC.at(new float[rows * lanes], 0, lanes);
        cells.nextH.at(new float[rows * lanes], 0, lanes);
        return cells;
    }
}
