package org.cellstream.learn;

import java.nio.DoubleBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Double precision: what shows that the equations are right, beyond the rounding of floats. */
final class DoubleMatrix extends Matrix {

    private final DoubleBuffer buffer;

    DoubleMatrix(INDArray array) {
        super(array, false);
        this.buffer = array.data().asNioDouble();
    }

    private DoubleMatrix(INDArray view, DoubleBuffer buffer) {
        super(view, true);
        this.buffer = buffer;
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
    Matrix view(int offset, int rows, int columns) {
        return new DoubleMatrix(
                arrayView(offset, rows, columns), buffer.slice(offset, rows * columns));
    }

    @Override
    void put(int offset, float[] values) {
        for (int i = 0; i < values.length; i++) {
            buffer.put(offset + i, values[i]);
        }
    }

    @Override
    void copyTo(int offset, float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) buffer.get(offset + i);
        }
    }
}
