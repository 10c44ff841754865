package org.cellstream.features;

import java.util.HashMap;
import java.util.Map;
import org.cellstream.config.StandardisationConfig;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows of many keys into rows of the network's input, each key with transforms and statistics
 * of its own: what the forecasting operator does before a step, without Flink. One thread.
 */
public final class KeyedColumns {

    private static final double SECOND_MILLIS = 1000;

    private final FeaturePipeline pipeline;
    private final Map<String, Memory> memories = new HashMap<>();

    /** The memory that the last row changed, and what it was before. */
    private @Nullable Memory changed;

    private final Memory before;

    private static final class Memory {

        private final double[] values;
        private long time;

        Memory(int size, long time) {
            this.values = new double[size];
            this.time = time;
        }

        void copy(Memory other) {
            System.arraycopy(other.values, 0, values, 0, values.length);
            time = other.time;
        }
    }

    private KeyedColumns(FeaturePipeline pipeline) {
        this.pipeline = pipeline;
        this.before = new Memory(pipeline.memorySize(), 0);
    }

    /** Each column by its key's running mean and deviation, as in a job. */
    public static KeyedColumns running(Columns columns, StandardisationConfig config) {
        return new KeyedColumns(new FeaturePipeline(columns, config));
    }

    /**
     * Each column by a mean and a scale that are the same for every key.
     *
     * @param mean {@code [columns.width()]}, what is taken off; 0 for categories and angles
     * @param scale {@code [columns.width()]}, what the rest is divided by; 1 for categories and
     *     angles
     * @throws IllegalArgumentException if they are as many as there are inputs, no number that can
     *     be divided by, or change a category or an angle
     */
    public static KeyedColumns fixed(Columns columns, double[] mean, double[] scale) {
        return new KeyedColumns(FeaturePipeline.fixed(columns, mean, scale));
    }

    /**
     * Takes in the next row of a key.
     *
     * @param time event time, epoch milliseconds; only columns of {@code time} and {@code gap} read
     *     it
     * @param numbers one per field of the columns, NaN where there is no value; read only
     * @param inputs {@code [columns.width()]}, written; unchanged if the row is rejected
     * @return why the row is rejected, or null if it is accepted. A rejected row changes nothing
     */
    public @Nullable String advance(String key, long time, double[] numbers, float[] inputs) {
        changed = null;
        Memory memory = memories.get(key);
        if (memory == null) {
            memory = new Memory(pipeline.memorySize(), time);
        }
        if (time < memory.time) {
            return "its time is before the one of the key's last row; need rows of a key in the order of their times";
        }
        before.copy(memory);
        EventFacts facts = new EventFacts(key, time, (time - memory.time) / SECOND_MILLIS);
        FeatureFailure failure = pipeline.advance(numbers, facts, memory.values, inputs, 0);
        if (failure != null) {
            return failure.reason();
        }
        memory.time = time;
        memories.put(key, memory);
        changed = memory;
        return null;
    }

    /** Takes back the row that was accepted last, if it was not taken back before. */
    public void takeBack() {
        if (changed != null) {
            changed.copy(before);
            changed = null;
        }
    }
}
