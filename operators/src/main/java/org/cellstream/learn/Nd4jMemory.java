package org.cellstream.learn;

import java.nio.DoubleBuffer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Numbers outside the Java heap, as ND4J sees them.
 *
 * <p>The memory is our own, under arrays of ND4J: memory that ND4J 1.0.0-M2.1 allocates itself is
 * given back by the garbage collector alone, even after {@code INDArray.close}.
 */
final class Nd4jMemory implements AutoCloseable {

    private final Pointer memory;
    private final DataBuffer data;
    private final int size;

    private Nd4jMemory(Pointer memory, DataType precision, int size) {
        this.memory = memory;
        this.data = Nd4j.createBuffer(memory, size, precision);
        this.size = size;
    }

    /** Zeros, in single or double precision. */
    static Nd4jMemory of(DataType precision, int size) {
        Pointer memory =
                precision == DataType.FLOAT
                        ? new FloatPointer(size).zero()
                        : new DoublePointer(size).zero();
        return new Nd4jMemory(memory, precision, size);
    }

    /** The numbers from {@code offset} on, row-major. */
    INDArray array(int offset, int rows, int columns) {
        return Nd4j.create(data, new long[] {rows, columns}, new long[] {columns, 1}, offset, 'c');
    }

    /** All of it as one row. */
    INDArray row() {
        return array(0, 1, size);
    }

    /** All of it, if it is in double precision. */
    DoubleBuffer doubles() {
        return ((DoublePointer) memory).asBuffer();
    }

    /** Becomes the numbers of a matrix of the same precision and size. */
    void take(Matrix from) {
        if (memory instanceof FloatPointer floats) {
            floats.put(((FloatMatrix) from).array());
            return;
        }
        DoubleBuffer doubles = doubles();
        for (int i = 0; i < size; i++) {
            doubles.put(i, from.get(i));
        }
    }

    /** Hands its numbers to a matrix of the same precision and size. */
    void give(Matrix to) {
        if (memory instanceof FloatPointer floats) {
            floats.get(((FloatMatrix) to).array());
            return;
        }
        DoubleBuffer doubles = doubles();
        for (int i = 0; i < size; i++) {
            to.set(i, doubles.get(i));
        }
    }

    @Override
    public void close() {
        memory.deallocate();
    }
}
