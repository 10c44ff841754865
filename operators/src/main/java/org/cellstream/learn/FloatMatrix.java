package org.cellstream.learn;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Single precision: what learning runs in. */
final class FloatMatrix extends Matrix {

    private final FloatBuffer buffer;

    FloatMatrix(INDArray array) {
        super(array, false);
        this.buffer = array.data().asNioFloat();
    }

    private FloatMatrix(INDArray view, FloatBuffer buffer) {
        super(view, true);
        this.buffer = buffer;
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
        return new FloatMatrix(
                arrayView(offset, rows, columns), buffer.slice(offset, rows * columns));
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
