package org.cellstream.config;

import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.configuration.ReadableConfig;

/**
 * When new weights take effect.
 *
 * @param timing at arrival, or at an epoch of event time
 * @param epochMillis length of an epoch in event time; 0 where weights take effect at arrival
 * @param serveAfter epochs from the one that weights learned through to the first that they serve,
 *     1 or 2
 */
public record TimingConfig(WeightTiming timing, long epochMillis, int serveAfter)
        implements Serializable {

    public TimingConfig {
        if (timing == WeightTiming.EVENT_TIME) {
            Checks.atLeast(CellstreamOptions.WEIGHTS_EPOCH, epochMillis, 1);
        }
        Checks.atLeast(CellstreamOptions.WEIGHTS_SERVE_AFTER, serveAfter, 1);
        if (serveAfter > 2) {
            throw new IllegalArgumentException(
                    "%s is %d; need 1 or 2"
                            .formatted(CellstreamOptions.WEIGHTS_SERVE_AFTER.key(), serveAfter));
        }
    }

    /** Weights take effect as they arrive. */
    public static TimingConfig atArrival() {
        return new TimingConfig(WeightTiming.ARRIVAL, 0, 1);
    }

    /** Weights learned through one epoch serve from the next one. */
    public static TimingConfig byEpoch(Duration epoch) {
        return new TimingConfig(WeightTiming.EVENT_TIME, epoch.toMillis(), 1);
    }

    public static TimingConfig from(ReadableConfig options) {
        WeightTiming timing = options.get(CellstreamOptions.WEIGHTS_TIMING);
        if (timing == WeightTiming.ARRIVAL) {
            return atArrival();
        }
        Duration epoch =
                options.getOptional(CellstreamOptions.WEIGHTS_EPOCH)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "%s is missing; %s=event-time needs the length of an epoch, as \"20 d\""
                                                        .formatted(
                                                                CellstreamOptions.WEIGHTS_EPOCH
                                                                        .key(),
                                                                CellstreamOptions.WEIGHTS_TIMING
                                                                        .key())));
        return new TimingConfig(
                timing, epoch.toMillis(), options.get(CellstreamOptions.WEIGHTS_SERVE_AFTER));
    }

    /** Whether weights take effect at epochs of event time. */
    public boolean byEventTime() {
        return timing == WeightTiming.EVENT_TIME;
    }

    /** The epoch that holds an event time, epoch milliseconds. */
    public long epochOf(long time) {
        return Math.floorDiv(time, epochMillis);
    }

    /**
     * The last event time before an epoch: once both watermarks have passed it, its events may be
     * stepped.
     */
    public long lastTimeBefore(long epoch) {
        return epoch * epochMillis - 1;
    }
}
