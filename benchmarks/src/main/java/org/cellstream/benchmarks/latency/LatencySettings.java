package org.cellstream.benchmarks.latency;

import java.util.List;

/**
 * How latencies are measured.
 *
 * @param keys that events are of
 * @param warmUpMillis of a job before its peak is measured
 * @param peakMillis of each measurement of the peak
 * @param loadMillis at each rate
 * @param checkpointMillis from one checkpoint to the next
 * @param percents rates, of the peak
 */
record LatencySettings(
        int keys,
        long warmUpMillis,
        long peakMillis,
        long loadMillis,
        long checkpointMillis,
        List<Integer> percents) {

    static final int HIDDEN = 64;

    /** The peak is the median of so many measurements. */
    static final int PEAKS = 3;

    static LatencySettings of(boolean quick) {
        return quick
                ? new LatencySettings(10_000, 200, 200, 1200, 600, List.of(50))
                : new LatencySettings(100_000, 8000, 4000, 22_000, 10_000, List.of(10, 50, 80));
    }
}
