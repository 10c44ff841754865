package org.cellstream.nn;

/**
 * Scratch of a panel: for every row the panel's sums, then the numerators and denominators of their
 * tanh, {@code [rows, vectors * lanes]}.
 */
final class Fractions {

    final float[] numerators;
    final float[] denominators;

    Fractions(int size) {
        this.numerators = new float[size];
        this.denominators = new float[size];
    }
}
