package org.cellstream.nn;

/**
 * One named tensor of a layer, row-major {@code [rows, columns]}.
 *
 * @param name layer name and PyTorch's name of the tensor, as {@code lstm.weight_ih_l0}
 * @param rows first dimension; the length, for a bias
 * @param columns second dimension; 1, for a bias
 */
public record Parameter(String name, int rows, int columns) {

    /** Number of floats. */
    public int size() {
        return rows * columns;
    }
}
