package org.cellstream.experts;

import java.util.Arrays;

/**
 * What the experts know of one key. Mutable, and owned by whoever keeps the key's memory; only an
 * {@link Experts} of the same settings can say what the numbers mean.
 */
public final class ExpertMemory {

    private static final int HEAP_HEADERS = 24 + 16 + 16;

    private final int settings;
    private final double[] doubles;
    private final float[] floats;

    /**
     * @param settings what distinguishes the settings of the experts that made it
     * @param doubles owned by this object from now on
     * @param floats owned by this object from now on
     */
    public ExpertMemory(int settings, double[] doubles, float[] floats) {
        this.settings = settings;
        this.doubles = doubles;
        this.floats = floats;
    }

    /** A copy that shares nothing with this one. */
    public ExpertMemory copy() {
        return new ExpertMemory(settings, doubles.clone(), floats.clone());
    }

    /** What distinguishes the settings of the experts that made it. */
    public int settings() {
        return settings;
    }

    /** The numbers that are kept whole; written in place by the experts. */
    public double[] doubles() {
        return doubles;
    }

    /** The numbers that are kept as float32; written in place by the experts. */
    public float[] floats() {
        return floats;
    }

    /** Bytes of heap on a 64-bit JVM. */
    public int heapBytes() {
        return HEAP_HEADERS + 8 * doubles.length + 4 * floats.length;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ExpertMemory m
                && settings == m.settings
                && Arrays.equals(doubles, m.doubles)
                && Arrays.equals(floats, m.floats);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(doubles) + Arrays.hashCode(floats);
    }

    @Override
    public String toString() {
        return "ExpertMemory[%d doubles, %d floats]".formatted(doubles.length, floats.length);
    }
}
