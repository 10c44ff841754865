package org.cellstream.jobs.kafka;

import java.time.Duration;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.jspecify.annotations.Nullable;

/**
 * How event time advances.
 *
 * @param drift how far a partition may be ahead of the slowest one before it is not read for a
 *     while; null lets it run
 * @param idleAfter silence after which a partition holds the others back no longer; null waits for
 *     ever
 */
@Internal
public record WatermarkSettings(@Nullable Duration drift, @Nullable Duration idleAfter) {

    /**
     * Often enough that a file of years is not held back by it: between two updates all partitions
     * may advance by the drift.
     */
    private static final Duration ALIGN_EVERY = Duration.ofMillis(20);

    /**
     * @param aligned whether partitions must not run ahead of each other
     */
    WatermarkStrategy<DecodedRecord> strategy(String group, boolean aligned) {
        WatermarkStrategy<DecodedRecord> strategy =
                WatermarkStrategy.<DecodedRecord>forGenerator(context -> new EventTimeWatermarks())
                        .withTimestampAssigner(EventTimeWatermarks::time);
        if (drift != null && aligned) {
            strategy = strategy.withWatermarkAlignment(group, drift, ALIGN_EVERY);
        }
        return idleAfter == null ? strategy : strategy.withIdleness(idleAfter);
    }
}
