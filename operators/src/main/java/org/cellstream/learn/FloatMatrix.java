package org.cellstream.learn;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;

/** Single precision: what learning runs in. */
final class FloatMatrix extends Matrix {

    private final FloatBuffer buffer;

    FloatMatrix(FloatPointer memory, int rows, int columns) {
        super(memory, DataType.FLOAT, rows, columns);
        this.buffer = memory.asBuffer();
    }

    private FloatMatrix(FloatMatrix whole, int offset, int rows, int columns) {
        super(whole, offset, rows, columns);
        this.buffer = whole.buffer.slice(offset, rows * columns);
    }

    @Override
    double get(int i) {
        return buffer.get(i);
    }

    @Override
    void set(int i, double value) {
        buffer.put(i, (float) value);
    }

    @Override
    Matrix view(int offset, int rows, int columns) {
        return new FloatMatrix(this, offset, rows, columns);
    }

    @Override
    void put(int offset, float[] values) {
        buffer.put(offset, values);
    }

    @Override
    void copyTo(int offset, float[] values) {
        buffer.get(offset, values);
    }
}
