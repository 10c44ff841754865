package org.cellstream.nn;

/**
 * Scratch of a panel, row by row: sums, then the numerators and denominators of their tanh. Four
 * vectors a row for gates, one for cells.
 */
final class Fractions {

    final float[] numerators;
    final float[] denominators;

    Fractions(int size) {
        this.numerators = new float[size];
        this.denominators = new float[size];
    }
}
