package org.cellstream.nn;

/**
 * How many windows run together, and how long they are.
 *
 * @param steps time steps of a window, T
 * @param rows windows, B
 */
public record WindowShape(int steps, int rows) {

    /** Rows of all time steps, T * B. */
    public int n() {
        return steps * rows;
    }
}
