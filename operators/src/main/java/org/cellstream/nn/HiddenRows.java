package org.cellstream.nn;

/** One panel's units: h before a step, read, and after it, written. Both as wide as a vector. */
final class HiddenRows {

    final Rows h;
    final Rows nextH;

    HiddenRows(int lanes) {
        this.h = new Rows(lanes);
        this.nextH = new Rows(lanes);
    }

    /** Rows in arrays of their own. */
    static HiddenRows scratch(int lanes, int rows) {
        HiddenRows hidden = new HiddenRows(lanes);
        hidden.h.at(new float[rows * lanes], 0, lanes);
        hidden.nextH.at(new float[rows * lanes], 0, lanes);
        return hidden;
    }
}
