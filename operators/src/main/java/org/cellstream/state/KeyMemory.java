package org.cellstream.state;

import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * All that one key remembers. Mutable: an operator copies what it read from state, changes the copy
 * and writes it back.
 *
 * <p>The forecaster's memories hold a forecast, the trainer's a window; both hold the rest.
 */
@Internal
public final class KeyMemory {

    final int shape;
    private final double[] features;
    private final float[] layers;
    private long step;
    private long stepsSinceReset;
    private long lastTime = Long.MIN_VALUE;
    private double @Nullable [] forecast;
    private @Nullable OpenWindow window;

    KeyMemory(int shape, double[] features, float[] layers) {
        this.shape = shape;
        this.features = features;
        this.layers = layers;
    }

    /** A copy that shares nothing with this one. */
    public KeyMemory copy() {
        KeyMemory copy = new KeyMemory(shape, features.clone(), layers.clone());
        copy.progress(step, stepsSinceReset, lastTime);
        copy.forecast = forecast == null ? null : forecast.clone();
        copy.window = window == null ? null : window.copy();
        return copy;
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

    /** Memory of the columns' transforms and standardisation; written in place by the intake. */
    public double[] features() {
        return features;
    }

    /** h and c of every layer, {@code [stateSize]}; written in place. */
    public float[] layers() {
        return layers;
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

    /** The forecast made for this key's next event, or null if there is none. */
    public double @Nullable [] forecast() {
        return forecast;
    }

    /** Keeps the forecast made for this key's next event; the array is now owned by this memory. */
    public void keepForecast(double[] values) {
        forecast = values;
    }

    /** The training window that is being filled, or null if there is none. */
    public @Nullable OpenWindow window() {
        return window;
    }

    /** Keeps a training window; it is now owned by this memory. */
    public void keepWindow(OpenWindow open) {
        window = open;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof KeyMemory m
                && shape == m.shape
                && step == m.step
                && stepsSinceReset == m.stepsSinceReset
                && lastTime == m.lastTime
                && Arrays.equals(features, m.features)
                && Arrays.equals(layers, m.layers)
                && Arrays.equals(forecast, m.forecast)
                && Objects.equals(window, m.window);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(layers) * 31 + Long.hashCode(step);
    }

    @Override
    public String toString() {
        return "KeyMemory[step %d, last time %d, %d floats of state]"
                .formatted(step, lastTime, layers.length);
    }
}
