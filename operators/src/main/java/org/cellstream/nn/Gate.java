package org.cellstream.nn;

/**
 * Where one gate lies in a panel's scratch.
 *
 * @param fractions the scratch
 * @param at the gate's first number in row 0
 * @param stride numbers from one row to the next
 */
record Gate(Fractions fractions, int at, int stride) {

    /** A gate that has the scratch for itself. */
    static Gate alone(int lanes, int maxRows) {
        return new Gate(new Fractions(maxRows * lanes), 0, lanes);
    }

    int start(int row) {
        return at + row * stride;
    }

    /** Writes sigmoids, the fractions being tanh of half their sums. */
    void sigmoids(int rows, int width, Rows to) {
        for (int row = 0; row < rows; row++) {
            int from = start(row);
            int start = to.start(row);
            for (int j = 0; j < width; j++) {
                float p = fractions.numerators[from + j];
                float q = fractions.denominators[from + j];
                to.values[start + j] = (q + p) / (q + q);
            }
        }
    }

    /** Writes quotients. */
    void quotients(int rows, int width, Rows to) {
        for (int row = 0; row < rows; row++) {
            int from = start(row);
            int start = to.start(row);
            for (int j = 0; j < width; j++) {
                to.values[start + j] =
                        fractions.numerators[from + j] / fractions.denominators[from + j];
            }
        }
    }

    /** Writes the numerators as they are. */
    void numerators(int rows, int width, Rows to) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(fractions.numerators, start(row), to.values, to.start(row), width);
        }
    }
}
