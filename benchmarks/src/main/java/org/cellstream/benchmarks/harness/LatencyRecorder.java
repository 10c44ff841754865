package org.cellstream.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How long forecasts took, each since its event was due, whether or not the source could emit it
 * then: so what waited behind a pause counts as waiting (coordinated omission). Forecasts whose
 * wait overlapped a checkpoint, from its first barrier to its completion, are kept apart and in the
 * whole.
 *
 * <p>Filled by the operator's thread. Others may look once all forecasts have come.
 */
final class LatencyRecorder {

    private static final long LONGEST_NANOS = 600_000_000_000L;
    private static final int DIGITS = 3;

    private static volatile @Nullable LatencyRecorder active;
    private static volatile long checkpointBegan = Long.MAX_VALUE;
    private static volatile long checkpointEnded = Long.MIN_VALUE;

    private final Histogram all = new Histogram(LONGEST_NANOS, DIGITS);
    private final Histogram apart = new Histogram(LONGEST_NANOS, DIGITS);
    private final Histogram gaps = new Histogram(LONGEST_NANOS, DIGITS);
    private final List<Double> checkpointPauses = new ArrayList<>();
    private final List<Double> updatePauses = new ArrayList<>();
    private long last = Long.MAX_VALUE;
    private long lastWeights = -1;
    private long pauseOf = Long.MAX_VALUE;
    private long pause;

    /** What forecasts are recorded by from now on; null for nothing. */
    static void activate(@Nullable LatencyRecorder recorder) {
        active = recorder;
    }

    static @Nullable LatencyRecorder active() {
        return active;
    }

    /** A source has put a barrier into the stream. */
    static void checkpointBegins() {
        checkpointBegan = System.nanoTime();
    }

    /** All of it is kept. */
    static void checkpointEnds() {
        checkpointEnded = System.nanoTime();
    }

    /**
     * Takes a forecast that was just made.
     *
     * @param due when its event was due
     * @param weights number of the weights that made it
     */
    void record(long due, long weights) {
        long now = System.nanoTime();
        long took = Math.max(0, Math.min(LONGEST_NANOS, now - due));
        all.recordValue(took);
        long began = checkpointBegan;
        long ended = checkpointEnded;
        boolean during = began != Long.MAX_VALUE && began > ended;
        if (!during && due > ended) {
            apart.recordValue(took);
        }
        if (last != Long.MAX_VALUE) {
            noteGap(now - last, weights, during, began);
        }
        last = now;
        lastWeights = weights;
    }

    private void noteGap(long gap, long weights, boolean during, long began) {
        gaps.recordValue(Math.max(0, Math.min(LONGEST_NANOS, gap)));
        if (weights != lastWeights) {
            updatePauses.add((double) gap);
        }
        if (during) {
            if (pauseOf != began) {
                closePause();
                pauseOf = began;
            }
            pause = Math.max(pause, gap);
        }
    }

    private void closePause() {
        if (pauseOf != Long.MAX_VALUE) {
            checkpointPauses.add((double) pause);
        }
        pause = 0;
    }

    /** Latencies in nanoseconds. */
    Histogram all() {
        return all;
    }

    /** Those whose wait overlapped no checkpoint. */
    Histogram apart() {
        return apart;
    }

    /** Nanoseconds from one forecast to the next. */
    Histogram gaps() {
        return gaps;
    }

    /** For each checkpoint the longest silence while it was made, in nanoseconds. */
    List<Double> checkpointPauses() {
        closePause();
        pauseOf = Long.MAX_VALUE;
        return checkpointPauses;
    }

    /** Silence before the first forecast of each new version of the weights, in nanoseconds. */
    List<Double> updatePauses() {
        return updatePauses;
    }
}
