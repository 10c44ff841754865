package org.cellstream.jobs.kafka;

import java.time.Duration;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.jspecify.annotations.Nullable;

/**
 * How event time advances.
 *
 * @param epoch length of an epoch, where weights take effect by event time; null where they take
 *     effect at arrival
 * @param outOfOrderness how far behind the latest event of a partition another one may come
 * @param idleAfter silence after which a partition holds the others back no longer; null waits for
 *     ever
 */
@Internal
public record WatermarkSettings(
        @Nullable Duration epoch, Duration outOfOrderness, @Nullable Duration idleAfter) {

    /**
     * How many epochs a partition may be ahead of the slowest one before it is not read for a
     * while. Bounds the events that wait for weights.
     */
    private static final int EPOCHS_OF_DRIFT = 8;

    /**
     * Often enough that a file of years is not held back by it: between two updates all partitions
     * may advance by the drift.
     */
    private static final Duration ALIGN_EVERY = Duration.ofMillis(20);

    /**
     * The watermarks of a stream of events.
     *
     * @param group whose partitions are aligned
     * @param aligned whether partitions must not run ahead of each other
     */
    public WatermarkStrategy<DecodedRecord> strategy(String group, boolean aligned) {
        WatermarkStrategy<DecodedRecord> strategy =
                generator().withTimestampAssigner(EventTimeWatermarks::time);
        if (epoch != null && aligned) {
            long most = Long.MAX_VALUE / EPOCHS_OF_DRIFT;
            Duration drift = Duration.ofMillis(EPOCHS_OF_DRIFT * Math.min(epoch.toMillis(), most));
            strategy = strategy.withWatermarkAlignment(group, drift, ALIGN_EVERY);
        }
        return idleAfter == null ? strategy : strategy.withIdleness(idleAfter);
    }

    private WatermarkStrategy<DecodedRecord> generator() {
        long behind = outOfOrderness.toMillis();
        if (epoch == null) {
            return WatermarkStrategy.forGenerator(context -> new EventTimeWatermarks(behind));
        }
        long millis = epoch.toMillis();
        return WatermarkStrategy.forGenerator(context -> new EpochWatermarks(millis, behind));
    }
}
