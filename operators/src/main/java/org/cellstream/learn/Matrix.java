package org.cellstream.learn;

import org.nd4j.linalg.api.buffer.DataType;

/**
 * Numbers, row-major {@code [rows, columns]}, in one precision; read and written one by one always
 * as doubles.
 *
 * <p>A view shares the memory of the matrix it was taken from, and must not outlive it: closing
 * frees memory where it was allocated, and does nothing to a view.
 */
abstract sealed class Matrix implements AutoCloseable permits FloatMatrix, DoubleMatrix {

    private final int rows;
    private final int columns;

    Matrix(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /** Zeros. */
    static Matrix allocate(DataType precision, int rows, int columns) {
        return switch (precision) {
            case FLOAT ->
                    new FloatMatrix(new float[Math.multiplyExact(rows, columns)], rows, columns);
            case DOUBLE -> new DoubleMatrix(rows, columns);
            default ->
                    throw new IllegalArgumentException(
                            "precision is " + precision + "; need FLOAT or DOUBLE");
        };
    }

    /** What a forward pass keeps, which {@link #keep} or, number by number, a test fills in. */
    static Matrix kept(DataType precision, int rows, int columns) {
        return precision == DataType.FLOAT
                ? new FloatMatrix(new float[0], rows, columns)
                : allocate(precision, rows, columns);
    }

    /** Number {@code i}, counted row by row. */
    abstract double get(int i);

    /** Sets number {@code i}, counted row by row. */
    abstract void set(int i, double value);

    /** The numbers from {@code offset} on, seen as {@code [rows, columns]}. */
    abstract Matrix view(int offset, int rows, int columns);

    /** Overwrites the numbers from {@code offset} on by these. */
    abstract void put(int offset, float[] values);

    /** Becomes these; single precision shares them. Views taken before still see the old ones. */
    abstract void keep(float[] values);

    /** As many numbers, from {@code offset} on, as {@code values} holds. */
    abstract void copyTo(int offset, float[] values);

    /** {@code count} rows from row {@code first} on. */
    Matrix rows(int first, int count) {
        return view(first * columns, count, columns);
    }

    abstract void fill(double value);

    /** Adds {@code left' right}. */
    abstract void addTransposedProduct(Matrix left, Matrix right);

    /** Adds to this row, of any shape, all rows of a matrix, one after the other. */
    abstract void addRows(Matrix from);

    /** This matrix on the right of products. */
    abstract Factor factor();

    int size() {
        return rows * columns;
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    @Override
    public abstract void close();
}
