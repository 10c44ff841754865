package org.cellstream.learn;

import java.util.Arrays;
import java.util.List;
import org.cellstream.nn.GradientProduct;
import org.cellstream.nn.LearningKernels;
import org.cellstream.nn.Slice;
import org.jspecify.annotations.Nullable;

/** Single precision: what learning runs in, on an array that Java and the kernels see alike. */
final class FloatMatrix extends Matrix {

    private final int offset;
    private float[] values;
    private @Nullable GradientProduct products;

    FloatMatrix(float[] values, int rows, int columns) {
        this(values, 0, rows, columns);
    }

    private FloatMatrix(float[] values, int offset, int rows, int columns) {
        super(rows, columns);
        this.values = values;
        this.offset = offset;
    }

    /** All of a matrix of this kind. */
    static Slice slice(Matrix matrix) {
        return ((FloatMatrix) matrix).slice(0);
    }

    /** The numbers from {@code first} on. */
    Slice slice(int first) {
        return new Slice(values, offset + first);
    }

    /** The array, if the matrix is all of it. */
    float[] array() {
        if (offset > 0 || size() < values.length) {
            throw new IllegalStateException(
                    "matrix is %d floats from %d on; its array has %d"
                            .formatted(size(), offset, values.length));
        }
        return values;
    }

    @Override
    double get(int i) {
        return values[offset + i];
    }

    @Override
    void set(int i, double value) {
        values[offset + i] = (float) value;
    }

    @Override
    Matrix view(int first, int rows, int columns) {
        return new FloatMatrix(values, offset + first, rows, columns);
    }

    @Override
    void put(int first, float[] from) {
        System.arraycopy(from, 0, values, offset + first, from.length);
    }

    @Override
    void keep(float[] kept) {
        values = kept;
    }

    @Override
    void copyTo(int first, float[] to) {
        System.arraycopy(values, offset + first, to, 0, to.length);
    }

    @Override
    void fill(double value) {
        Arrays.fill(values, offset, offset + size(), (float) value);
    }

    @Override
    void addTransposedProduct(Matrix left, Matrix right) {
        GradientProduct own = products;
        if (own == null) {
            own = new GradientProduct(LearningKernels.best(), rows(), columns());
            products = own;
        }
        own.add(left.rows(), slice(left), List.of(slice(right)), List.of(slice(0)));
    }

    @Override
    void addRows(Matrix from) {
        LearningKernels.best().addRows(from.rows(), from.columns(), slice(from), slice(0));
    }

    @Override
    Factor factor() {
        return new FloatFactor(this);
    }

    @Override
    public void close() {}
}
