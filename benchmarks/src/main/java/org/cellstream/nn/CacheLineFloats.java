package org.cellstream.nn;

/**
 * Zeros that begin at a cache line where the kernels' own weights do, so that they read as fast.
 */
public final class CacheLineFloats {

    private final AlignedFloats floats;
    private final int count;

    public CacheLineFloats(int count) {
        this.floats = new AlignedFloats(count);
        this.count = count;
    }

    /** The array; the numbers start at {@link #start}. */
    public float[] array() {
        return floats.values;
    }

    public int start() {
        return floats.start;
    }

    public int count() {
        return count;
    }
}
