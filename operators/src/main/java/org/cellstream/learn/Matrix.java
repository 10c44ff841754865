package org.cellstream.learn;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Numbers outside the Java heap, row-major {@code [rows, columns]}, in one precision. ND4J sees
 * them as an array; Java reads and writes them one by one, always as doubles.
 *
 * <p>The memory is our own, under an array of ND4J: memory that ND4J 1.0.0-M2.1 allocates itself is
 * given back by the garbage collector alone, even after {@code INDArray.close}.
 *
 * <p>A view shares the memory of the matrix it was taken from, and must not outlive it: closing
 * frees memory where it was allocated, and does nothing to a view.
 */
abstract sealed class Matrix implements AutoCloseable permits FloatMatrix, DoubleMatrix {

    private final Pointer memory;
    private final DataBuffer data;
    private final int offset;
    private final INDArray array;
    private final boolean view;

    /** All of this memory, of which the matrix becomes the owner. */
    Matrix(Pointer memory, DataType precision, int rows, int columns) {
        this.memory = memory;
        this.view = false;
        long size = (long) rows * columns;
        this.data = Nd4j.createBuffer(memory, size, precision);
        this.offset = 0;
        this.array = array(data, offset, rows, columns);
    }

    /** What {@link #view} gives. */
    Matrix(Matrix whole, int offset, int rows, int columns) {
        this.memory = whole.memory;
        this.view = true;
        this.data = whole.data;
        this.offset = whole.offset + offset; // ND4J counts from the start of the memory
        this.array = array(data, this.offset, rows, columns);
    }

    private static INDArray array(DataBuffer data, int offset, int rows, int columns) {
        long[] shape = {rows, columns};
        long[] strides = {columns, 1};
        return Nd4j.create(data, shape, strides, offset, 'c');
    }

    /** Zeros. */
    static Matrix allocate(DataType precision, int rows, int columns) {
        int size = Math.multiplyExact(rows, columns);
        return switch (precision) {
            case FLOAT -> new FloatMatrix(new FloatPointer(size).zero(), rows, columns);
            case DOUBLE -> new DoubleMatrix(new DoublePointer(size).zero(), rows, columns);
            default ->
                    throw new IllegalArgumentException(
                            "precision is " + precision + "; need FLOAT or DOUBLE");
        };
    }

    /** Number {@code i}, counted row by row. */
    abstract double get(int i);

    /** Sets number {@code i}, counted row by row. */
    abstract void set(int i, double value);

    /** The numbers from {@code offset} on, seen as {@code [rows, columns]}. */
    abstract Matrix view(int offset, int rows, int columns);

    /** Overwrites the numbers from {@code offset} on by these. */
    abstract void put(int offset, float[] values);

    /** As many numbers, from {@code offset} on, as {@code values} holds. */
    abstract void copyTo(int offset, float[] values);

    /** {@code count} rows from row {@code first} on. */
    Matrix rows(int first, int count) {
        return view(first * columns(), count, columns());
    }

    void fill(double value) {
        int size = size();
        for (int i = 0; i < size; i++) {
            set(i, value);
        }
    }

    /** Becomes {@code left right}. */
    void setProduct(Matrix left, Matrix right) {
        Nd4j.gemm(left.array, right.array, array, false, false, 1, 0);
    }

    /** Adds {@code left right}. */
    void addProduct(Matrix left, Matrix right) {
        Nd4j.gemm(left.array, right.array, array, false, false, 1, 1);
    }

    /** Adds {@code left' right}. */
    void addTransposedProduct(Matrix left, Matrix right) {
        Nd4j.gemm(left.array, right.array, array, true, false, 1, 1);
    }

    int size() {
        return Math.toIntExact(array.length());
    }

    int columns() {
        return Math.toIntExact(array.size(1));
    }

    /** The same memory as ND4J sees it. */
    INDArray array() {
        return array;
    }

    @Override
    public void close() {
        if (!view) {
            memory.deallocate();
        }
    }
}
