package org.cellstream.learn;

import java.nio.DoubleBuffer;
import org.bytedeco.javacpp.DoublePointer;
import org.nd4j.linalg.api.buffer.DataType;

/** Double precision: what shows that the equations are right, beyond the rounding of floats. */
final class DoubleMatrix extends Matrix {

    private final DoubleBuffer buffer;

    DoubleMatrix(DoublePointer memory, int rows, int columns) {
        super(memory, DataType.DOUBLE, rows, columns);
        this.buffer = memory.asBuffer();
    }

    private DoubleMatrix(DoubleMatrix whole, int offset, int rows, int columns) {
        super(whole, offset, rows, columns);
        this.buffer = whole.buffer.slice(offset, rows * columns);
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
        return new DoubleMatrix(this, offset, rows, columns);
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
