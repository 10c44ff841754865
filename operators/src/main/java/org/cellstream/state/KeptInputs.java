package org.cellstream.state;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * The last inputs of a key, as the network got them: from them its state can be made anew, or be
 * carried over missed steps. A ring of {@code [steps, width]} floats.
 */
@Internal
public final class KeptInputs {

    private static final int HEADER = 2 * 4;

    private final int width;
    private final float[] rows;
    private int count;
    private int next;

    private KeptInputs(int steps, int width) {
        this.width = width;
        this.rows = new float[steps * width];
    }

    KeptInputs copy() {
        KeptInputs copy = new KeptInputs(capacity(), width);
        System.arraycopy(rows, 0, copy.rows, 0, rows.length);
        copy.count = count;
        copy.next = next;
        return copy;
    }

    private int capacity() {
        return rows.length / width;
    }

    /** Rows that are kept. */
    public int count() {
        return count;
    }

    /** Whether the rows are of {@code width} inputs. */
    public boolean areOf(int width) {
        return this.width == width;
    }

    /** Takes the row at {@code offset} for the newest; the oldest goes if there is no room. */
    public void add(float[] values, int offset) {
        System.arraycopy(values, offset, rows, next * width, width);
        next = (next + 1) % capacity();
        count = Math.min(count + 1, capacity());
    }

    /** Writes row {@code index}, counted from the oldest, to {@code into} at {@code offset}. */
    public void copyRow(int index, float[] into, int offset) {
        int first = next - count + capacity();
        System.arraycopy(rows, (first + index) % capacity() * width, into, offset, width);
    }

    void clear() {
        count = 0;
    }

    /**
     * What is kept, with room for {@code steps} rows of {@code width} inputs: the newest of them,
     * if there was more; nothing, if they were of another width.
     */
    public static KeptInputs fitting(@Nullable KeptInputs kept, int steps, int width) {
        if (kept != null && kept.width == width && kept.capacity() == steps) {
            return kept;
        }
        KeptInputs fitting = new KeptInputs(steps, width);
        if (kept != null && kept.width == width) {
            float[] row = new float[width];
            for (int i = Math.max(0, kept.count - steps); i < kept.count; i++) {
                kept.copyRow(i, row, 0);
                fitting.add(row, 0);
            }
        }
        return fitting;
    }

    int heapBytes() {
        return 16 + 16 + 4 * rows.length + 16;
    }

    int length() {
        return HEADER + 4 * count * width;
    }

    /** Writes room and rows, the oldest first. */
    void write(ByteBuffer out) {
        out.putInt(capacity()).putInt(width);
        float[] row = new float[width];
        for (int i = 0; i < count; i++) {
            copyRow(i, row, 0);
            Bytes.put(out, row, 0, width);
        }
    }

    static KeptInputs read(ByteBuffer in) {
        int capacity = in.getInt();
        KeptInputs kept = new KeptInputs(capacity, in.getInt());
        while (in.hasRemaining()) {
            kept.add(Bytes.floats(in, kept.width), 0);
        }
        return kept;
    }

    private float[] inOrder() {
        float[] ordered = new float[count * width];
        for (int i = 0; i < count; i++) {
            copyRow(i, ordered, i * width);
        }
        return ordered;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof KeptInputs k
                && k.width == width
                && k.capacity() == capacity()
                && Arrays.equals(inOrder(), k.inOrder());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(inOrder());
    }

    @Override
    public String toString() {
        return "KeptInputs[%d of %d rows of %d]".formatted(count, capacity(), width);
    }
}
