package org.cellstream.nn;

/**
 * Makes fractions of the sums of a recurrent layer: of tanh by the kernels, and of other functions
 * one number at a time. A fraction of another function is its value over 1; a gate's has to be such
 * that {@code (q + p) / 2q} is the value.
 */
final class CellCurves {

    private final Kernels kernels;
    private final CellFunctions functions;
    private final boolean usual;

    CellCurves(Kernels kernels, CellFunctions functions) {
        this.kernels = kernels;
        this.functions = functions;
        this.usual = functions.areUsual();
    }

    /** Whether they are tanh and sigmoid, which the kernels know. */
    boolean areUsual() {
        return usual;
    }

    /** Of the gates i, f, g, o of {@code rows} rows; g is no gate but the candidate. */
    void ofLstm(Fractions gates, int rows, int lanes) {
        if (usual) {
            kernels.tanhFractions(gates, rows * 4 * lanes);
            return;
        }
        for (int at = 0; at < rows * 4 * lanes; at += lanes) {
            if (at / lanes % 4 == 2) {
                values(gates, at, lanes);
            } else {
                gates(gates, at, lanes);
            }
        }
    }

    /**
     * Of the first {@code n} numerators, each half the sum of a gate, of rows that lie so far
     * apart.
     */
    void ofGates(Fractions gates, int rows, int stride, int n) {
        if (usual) {
            kernels.tanhFractions(gates, rows, stride, n);
            return;
        }
        for (int row = 0; row < rows; row++) {
            gates(gates, row * stride, n);
        }
    }

    /** Of the first {@code n} numerators, each a sum or a cell. */
    void ofValues(Fractions sums, int n) {
        if (usual) {
            kernels.tanhFractions(sums, n);
        } else {
            values(sums, 0, n);
        }
    }

    private void gates(Fractions gates, int at, int n) {
        Activation function = functions.recurrent();
        for (int j = at; j < at + n; j++) {
            gates.numerators[j] = (float) (2 * function.value(2.0 * gates.numerators[j]) - 1);
            gates.denominators[j] = 1;
        }
    }

    private void values(Fractions sums, int at, int n) {
        Activation function = functions.activation();
        for (int j = at; j < at + n; j++) {
            sums.numerators[j] = (float) function.value(sums.numerators[j]);
            sums.denominators[j] = 1;
        }
    }
}
