package org.cellstream.learn;

import java.nio.DoubleBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Double precision: what shows that the equations are right, beyond the rounding of floats. Its
 * products are ND4J's.
 */
final class DoubleMatrix extends Matrix {

    private final Nd4jMemory memory;
    private final int offset;
    private final INDArray array;
    private final DoubleBuffer buffer;
    private final boolean view;

    DoubleMatrix(int rows, int columns) {
        this(Nd4jMemory.of(DataType.DOUBLE, rows * columns), false, 0, rows, columns);
    }

    private DoubleMatrix(Nd4jMemory memory, boolean view, int offset, int rows, int columns) {
        super(rows, columns);
        this.memory = memory;
        this.view = view;
        this.offset = offset;
        this.array = memory.array(offset, rows, columns);
        this.buffer = memory.doubles().slice(offset, rows * columns);
    }

    /** {@code to} becomes {@code left right}, plus {@code share} of what it was. */
    static void gemm(Matrix left, Matrix right, Matrix to, double share) {
        Nd4j.gemm(array(left), array(right), array(to), false, false, 1, share);
    }

    private static INDArray array(Matrix matrix) {
        return ((DoubleMatrix) matrix).array;
    }

    @Override
    double get(int i) {
        return buffer.get(i);
    }

    @Override
    void set(int i, double value) {
        buffer.put(i, value);
    }

    @Override
    Matrix view(int first, int rows, int columns) {
        return new DoubleMatrix(memory, true, offset + first, rows, columns);
    }

    @Override
    void put(int first, float[] values) {
        for (int i = 0; i < values.length; i++) {
            buffer.put(first + i, values[i]);
        }
    }

    @Override
    void keep(float[] values) {
        put(0, values);
    }

    @Override
    void copyTo(int first, float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) buffer.get(first + i);
        }
    }

    @Override
    void fill(double value) {
        for (int i = 0; i < size(); i++) {
            set(i, value);
        }
    }

    @Override
    void addTransposedProduct(Matrix left, Matrix right) {
        Nd4j.gemm(array(left), array(right), array, true, false, 1, 1);
    }

    @Override
    void addRows(Matrix from) {
        for (int i = 0; i < from.size(); i++) {
            int column = i % from.columns();
            set(column, get(column) + from.get(i));
        }
    }

    @Override
    Factor factor() {
        return new DoubleFactor(this);
    }

    @Override
    public void close() {
        if (!view) {
            memory.close();
        }
    }
}
