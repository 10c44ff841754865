package org.cellstream.state;

import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.cellstream.experts.ExpertMemory;
import org.jspecify.annotations.Nullable;

/**
 * All that one key remembers. Mutable, and owned by whoever read it from state.
 *
 * <p>h and c lie in an array that may hold those of other keys too: a memory at rest has an array
 * of its own, that of a recently used key is a row of {@link ResidentMemories}.
 *
 * <p>The forecaster's memories hold a forecast, what experts know and a sequence, the trainer's a
 * window; both hold the rest.
 */
@Internal
public final class KeyMemory {

    private static final long NO_TIME = Long.MIN_VALUE;

    final int shape;
    private @Nullable String madeFor;
    private final double[] features;
    private final int stateSize;
    private float[] layers;
    private int at;
    private long step;
    private long stepsSinceReset;

    /** Doubles of a cache line. */
    private static final int LINE = 8;

    private long lastTime = NO_TIME;
    private long weightsGeneration;
    private long weightsNumber;
    private double @Nullable [] forecast;
    private @Nullable KeptInputs inputs;
    private @Nullable TimedOrders orders;
    private @Nullable History history;
    private @Nullable OpenWindow window;
    private @Nullable OpenSequence sequence;
    private @Nullable ExpertMemory experts;
    private @Nullable PendingForecasts pending;

    KeyMemory(int shape, double[] features, float[] layers) {
        this.shape = shape;
        this.features = features;
        this.layers = layers;
        this.stateSize = layers.length;
    }

    /**
     * Reads some of what a step needs, from far apart. Many memories in a row wait for main memory
     * together, where each step would wait for its own.
     *
     * @return nothing that means anything, but that keeps the reads
     */
    int warm() {
        double[] made = forecast;
        float sum = stateSize == 0 ? 0 : layers[at] + layers[at + stateSize / 2];
        for (int i = 0; i < features.length; i += LINE) {
            sum += (float) features[i];
        }
        return Float.floatToRawIntBits(made == null ? sum : sum + (float) made[0]) + warmExperts();
    }

    private int warmExperts() {
        ExpertMemory known = experts;
        if (known == null) {
            return 0;
        }
        double sum = 0;
        for (int i = 0; i < known.doubles().length; i += LINE) {
            sum += known.doubles()[i];
        }
        for (int i = 0; i < known.floats().length; i += 2 * LINE) {
            sum += known.floats()[i];
        }
        return Float.floatToRawIntBits((float) sum);
    }

    /** A copy that shares nothing with this one and has h and c in an array of its own. */
    public KeyMemory copy() {
        KeyMemory copy = new KeyMemory(shape, features.clone(), state());
        copy.takeProgress(this);
        copy.madeFor = madeFor;
        copy.forecast = forecast == null ? null : forecast.clone();
        copy.inputs = inputs == null ? null : inputs.copy();
        copy.orders = orders == null ? null : orders.copy();
        copy.history = history == null ? null : history.copy();
        copy.window = window == null ? null : window.copy();
        copy.sequence = sequence;
        copy.experts = experts == null ? null : experts.copy();
        copy.pending = pending == null ? null : pending.copy();
        return copy;
    }

    /** Makes this memory what another one is; h and c stay in the array where they lie. */
    void become(KeyMemory other) {
        System.arraycopy(other.features, 0, features, 0, features.length);
        System.arraycopy(other.layers, other.at, layers, at, stateSize);
        takeProgress(other);
        forecast = other.forecast == null ? null : other.forecast.clone();
        inputs = other.inputs;
        orders = other.orders;
        history = other.history;
        window = other.window;
        sequence = other.sequence;
        experts = other.experts;
        pending = other.pending;
    }

    void takeProgress(KeyMemory other) {
        progress(other.step, other.stepsSinceReset, other.lastTime);
        advancedWith(other.weightsGeneration, other.weightsNumber);
    }

    /** The network and columns that it was made for; null if they are not known. */
    public @Nullable String madeFor() {
        return madeFor;
    }

    void madeFor(@Nullable String description) {
        madeFor = description;
    }

    void progress(long step, long stepsSinceReset, long lastTime) {
        this.step = step;
        this.stepsSinceReset = stepsSinceReset;
        this.lastTime = lastTime;
    }

    /** Counts one event that has been taken in. */
    void advance(long time) {
        step++;
        stepsSinceReset++;
        lastTime = time;
    }

    /** Notes an event of the key that was not taken in, at an event time, epoch milliseconds. */
    public void passed(long time) {
        lastTime = time;
    }

    /** Moves h and c to where they lie from now on. */
    void moveTo(float[] rows, int offset) {
        System.arraycopy(layers, at, rows, offset, stateSize);
        pointAt(rows, offset);
    }

    /** Says where h and c lie now that all rows were copied. */
    void pointAt(float[] rows, int offset) {
        layers = rows;
        at = offset;
    }

    /** Memory of the columns' transforms and standardisation; written in place by the intake. */
    public double[] features() {
        return features;
    }

    /** The array that holds h and c of every layer, from {@link #at} on; written in place. */
    public float[] layers() {
        return layers;
    }

    /** Where h and c start in {@link #layers}. */
    public int at() {
        return at;
    }

    /** Floats of h and c. */
    public int stateSize() {
        return stateSize;
    }

    /** A copy of h and c of every layer, {@code [stateSize]}. */
    public float[] state() {
        return Arrays.copyOfRange(layers, at, at + stateSize);
    }

    /**
     * Sets h and c of all layers to zeros and forgets the last inputs: the sequence starts anew.
     */
    public void reset() {
        Arrays.fill(layers, at, at + stateSize, 0);
        countFrom(0);
        if (inputs != null) {
            inputs.clear();
        }
        if (sequence != null && !sequence.equals(OpenSequence.STEPPED)) {
            sequence = OpenSequence.from(this);
        }
    }

    /** Counts the events since this key last started from zeros from {@code steps} on. */
    public void countFrom(long steps) {
        stepsSinceReset = steps;
    }

    /** Events taken in. */
    public long step() {
        return step;
    }

    /** Events taken in since this key last started from zeros. */
    public long stepsSinceReset() {
        return stepsSinceReset;
    }

    /**
     * Event time of the last event taken in, epoch milliseconds; {@link Long#MIN_VALUE} before the
     * first.
     */
    public long lastTime() {
        return lastTime;
    }

    /** Notes the version of the weights that h and c were advanced with. */
    public void advancedWith(long generation, long number) {
        weightsGeneration = generation;
        weightsNumber = number;
    }

    /** Generation of the weights that h and c were last advanced with. */
    public long weightsGeneration() {
        return weightsGeneration;
    }

    /** Number of the weights that h and c were last advanced with. */
    public long weightsNumber() {
        return weightsNumber;
    }

    /**
     * The forecast made for this key's next event, or null if there is none; overwritten by the
     * next one.
     */
    public double @Nullable [] forecast() {
        return forecast;
    }

    /** Keeps a copy of the forecast made for this key's next event. */
    public void keepForecast(double @Nullable [] values) {
        double[] kept = forecast;
        if (kept != null && values != null && kept.length == values.length) {
            // A new array would lie far from all else that is kept of the key.
            System.arraycopy(values, 0, kept, 0, kept.length);
        } else {
            forecast = values == null ? null : values.clone();
        }
    }

    /** The last inputs of this key, or null if none are kept. */
    public @Nullable KeptInputs inputs() {
        return inputs;
    }

    /** Keeps the last inputs; they are now owned by this memory. */
    public void keepInputs(@Nullable KeptInputs kept) {
        inputs = kept;
    }

    /** Orders that wait for this key's first event at or after their time, or null if none do. */
    public @Nullable TimedOrders orders() {
        return orders;
    }

    /** Keeps orders that wait; they are now owned by this memory. */
    public void keepOrders(@Nullable TimedOrders waiting) {
        orders = waiting;
    }

    /** Drops the orders that hold at an event time, epoch milliseconds: they were carried out. */
    public void dropOrders(long time) {
        if (orders != null) {
            orders.drop(time);
            orders = orders.isEmpty() ? null : orders;
        }
    }

    /** The way back over this key's last events, or null if none is kept. */
    public @Nullable History history() {
        return history;
    }

    /** Keeps a way back; it is now owned by this memory. */
    public void keepHistory(@Nullable History kept) {
        history = kept;
    }

    /** The training window that is being filled, or null if there is none. */
    public @Nullable OpenWindow window() {
        return window;
    }

    /** Keeps a training window; it is now owned by this memory. */
    public void keepWindow(@Nullable OpenWindow open) {
        window = open;
    }

    /** The sequence that its key is in, or null if it is in none. */
    public @Nullable OpenSequence sequence() {
        return sequence;
    }

    /** Keeps a sequence that has started and not ended. */
    public void keepSequence(@Nullable OpenSequence open) {
        sequence = open;
    }

    /** What the experts know of the key, or null if there are none. */
    public @Nullable ExpertMemory experts() {
        return experts;
    }

    /** Keeps what the experts know; it is now owned by this memory. */
    public void keepExperts(@Nullable ExpertMemory known) {
        experts = known;
    }

    /** What was forecast for several events ahead, or null if nothing was. */
    public @Nullable PendingForecasts pending() {
        return pending;
    }

    /** Keeps what was forecast for several events ahead; it is now owned by this memory. */
    public void keepPending(@Nullable PendingForecasts ahead) {
        pending = ahead;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof KeyMemory m
                && shape == m.shape
                && step == m.step
                && stepsSinceReset == m.stepsSinceReset
                && lastTime == m.lastTime
                && weightsGeneration == m.weightsGeneration
                && weightsNumber == m.weightsNumber
                && Arrays.equals(features, m.features)
                && Arrays.equals(layers, at, at + stateSize, m.layers, m.at, m.at + m.stateSize)
                && Arrays.equals(forecast, m.forecast)
                && Objects.equals(inputs, m.inputs)
                && Objects.equals(orders, m.orders)
                && Objects.equals(history, m.history)
                && Objects.equals(window, m.window)
                && Objects.equals(sequence, m.sequence)
                && Objects.equals(experts, m.experts)
                && Objects.equals(pending, m.pending);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(features) * 31 + Long.hashCode(step);
    }

    @Override
    public String toString() {
        return "KeyMemory[step %d, last time %d, %d floats of state]"
                .formatted(step, lastTime, stateSize);
    }
}
