package org.cellstream.state;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.flink.annotation.Internal;

/**
 * What was forecast for some events ahead and has not come yet, of the last events of a key: a ring
 * of as many events as the farthest horizon, each with its target and a forecast for every horizon.
 */
@Internal
public final class PendingForecasts {

    private final int[] horizons;

    /** {@code [farthest, 1 + horizons]}; NaN where nothing is known. */
    private final double[] ring;

    private long events;

    private PendingForecasts(int[] horizons, double[] ring, long events) {
        this.horizons = horizons;
        this.ring = ring;
        this.events = events;
    }

    /**
     * Of no event.
     *
     * @param horizons in rising order, at least one; read only from now on
     */
    public static PendingForecasts of(int[] horizons) {
        double[] ring = new double[horizons[horizons.length - 1] * (1 + horizons.length)];
        Arrays.fill(ring, Double.NaN);
        return new PendingForecasts(horizons, ring, 0);
    }

    /** Whether it is of these horizons. */
    public boolean isOf(int[] others) {
        return Arrays.equals(horizons, others);
    }

    /** The forecast that was made for the event at hand at horizon {@code i}; NaN if none was. */
    public double forecast(int i) {
        return ring[row(horizons[i]) + 1 + i];
    }

    /** The target as many events ago as horizon {@code i} says; NaN if it is not known. */
    public double targetBefore(int i) {
        return ring[row(horizons[i])];
    }

    /** Where the row of the event {@code back} events before the one at hand is. */
    private int row(int back) {
        int rows = ring.length / (1 + horizons.length);
        return Math.floorMod(events - back, rows) * (1 + horizons.length);
    }

    /**
     * Adds the event at hand.
     *
     * @param target NaN for one that is not known
     * @param forecasts one for each horizon
     */
    public void add(double target, double[] forecasts) {
        int at = row(0);
        ring[at] = target;
        System.arraycopy(forecasts, 0, ring, at + 1, forecasts.length);
        events++;
    }

    PendingForecasts copy() {
        return new PendingForecasts(horizons, ring.clone(), events);
    }

    int length() {
        return 8 + 4 + 4 * horizons.length + 8 * ring.length;
    }

    int heapBytes() {
        return 64 + 4 * horizons.length + 8 * ring.length;
    }

    void write(ByteBuffer out) {
        out.putLong(events).putInt(horizons.length);
        for (int horizon : horizons) {
            out.putInt(horizon);
        }
        Bytes.put(out, ring);
    }

    static PendingForecasts read(ByteBuffer in) {
        long events = in.getLong();
        int[] horizons = new int[in.getInt()];
        for (int i = 0; i < horizons.length; i++) {
            horizons[i] = in.getInt();
        }
        return new PendingForecasts(horizons, Bytes.doubles(in, in.remaining() / 8), events);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof PendingForecasts p
                && events == p.events
                && Arrays.equals(horizons, p.horizons)
                && Arrays.equals(ring, p.ring);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ring);
    }

    @Override
    public String toString() {
        return "PendingForecasts[%d events, %s ahead]".formatted(events, Arrays.toString(horizons));
    }
}
