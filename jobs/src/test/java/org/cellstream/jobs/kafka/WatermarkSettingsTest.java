package org.cellstream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.cellstream.event.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one partition says of event time, as the options want it. */
class WatermarkSettingsTest {

    private static final Duration EPOCH = Duration.ofSeconds(1);
    private static final Duration IDLE_AFTER = Duration.ofSeconds(10);

    private final ManualClock clock = new ManualClock(1); // Flink takes 0 for "not set"
    private final List<String> said = new ArrayList<>();

    static List<WatermarkSettings> silences() {
        return List.of(
                new WatermarkSettings(null, Duration.ZERO, IDLE_AFTER),
                new WatermarkSettings(EPOCH, Duration.ZERO, IDLE_AFTER));
    }

    @ParameterizedTest
    @MethodSource("silences")
    void partitionIsIdleOnceItWasSilentForSoLong(WatermarkSettings settings) {
        WatermarkGenerator<DecodedRecord> partition = partition(settings);
        event(partition, 2_000);
        lookTwice(partition);
        assertThat(said).containsOnly("1999");

        pass(partition, IDLE_AFTER);
        assertThat(said).containsOnly("1999");
        pass(partition, Duration.ofMillis(1));

        assertThat(said).endsWith("idle").containsOnlyOnce("idle");
    }

    @ParameterizedTest
    @MethodSource("silences")
    void partitionThatWasIdleSaysItsTimeAgainWithItsNextEvent(WatermarkSettings settings) {
        WatermarkGenerator<DecodedRecord> partition = partition(settings);
        event(partition, 2_000);
        lookTwice(partition);
        pass(partition, IDLE_AFTER.plusMillis(1));

        event(partition, 5_000);
        lookTwice(partition);

        assertThat(said).containsSubsequence("1999", "idle", "4999").endsWith("4999");
    }

    @Test
    void silentPartitionIsWaitedForWithoutTheOption() {
        WatermarkGenerator<DecodedRecord> partition =
                partition(new WatermarkSettings(null, Duration.ZERO, null));
        event(partition, 2_000);
        lookTwice(partition);

        pass(partition, Duration.ofDays(1_000));

        assertThat(said).containsOnly("1999");
    }

    @Test
    void watermarkStaysAsFarBehindAsEventsMayBeOutOfOrder() {
        for (long behind : new long[] {0, 500, 60_000}) {
            said.clear();
            WatermarkGenerator<DecodedRecord> partition =
                    partition(new WatermarkSettings(null, Duration.ofMillis(behind), null));

            event(partition, 2_000);
            partition.onPeriodicEmit(output());

            assertThat(said).containsExactly(Long.toString(2_000 - behind - 1));
        }
    }

    @Test
    void epochWaitsAsLongAsEventsMayBeOutOfOrder() {
        WatermarkGenerator<DecodedRecord> partition =
                partition(new WatermarkSettings(EPOCH, Duration.ofMillis(500), null));

        event(partition, 1_600);
        event(partition, 2_000);
        event(partition, 2_499);
        assertThat(said).containsExactly("999");
        event(partition, 2_500);

        assertThat(said).containsExactly("999", "1999");
    }

    @Test
    void partitionsKeepTogetherByEightEpochsWhereTheyAreAligned() {
        WatermarkSettings byEpoch = new WatermarkSettings(EPOCH, Duration.ZERO, IDLE_AFTER);
        WatermarkSettings atArrival = new WatermarkSettings(null, Duration.ZERO, IDLE_AFTER);

        var aligned = byEpoch.strategy("events", true).getAlignmentParameters();

        assertThat(aligned.getWatermarkGroup()).isEqualTo("events");
        assertThat(aligned.getMaxAllowedWatermarkDrift()).isEqualTo(8_000);
        assertThat(byEpoch.strategy("events", false).getAlignmentParameters().isEnabled())
                .isFalse();
        assertThat(atArrival.strategy("events", true).getAlignmentParameters().isEnabled())
                .isFalse();
    }

    private WatermarkGenerator<DecodedRecord> partition(WatermarkSettings settings) {
        WatermarkStrategy<DecodedRecord> strategy = settings.strategy("events", true);
        return strategy.createWatermarkGenerator(
                new WatermarkGeneratorSupplier.Context() {
                    @Override
                    public MetricGroup getMetricGroup() {
                        return new UnregisteredMetricsGroup();
                    }

                    @Override
                    public RelativeClock getInputActivityClock() {
                        return clock;
                    }
                });
    }

    private void event(WatermarkGenerator<DecodedRecord> partition, long time) {
        partition.onEvent(DecodedRecord.of(Event.of("A", time, 1)), time, output());
    }

    /** Flink looks now and then; what it sees twice unchanged is silence from then on. */
    private void lookTwice(WatermarkGenerator<DecodedRecord> partition) {
        partition.onPeriodicEmit(output());
        partition.onPeriodicEmit(output());
    }

    private void pass(WatermarkGenerator<DecodedRecord> partition, Duration time) {
        clock.advanceTime(time);
        partition.onPeriodicEmit(output());
    }

    private WatermarkOutput output() {
        return new WatermarkOutput() {
            @Override
            public void emitWatermark(Watermark watermark) {
                said.add(Long.toString(watermark.getTimestamp()));
            }

            @Override
            public void markIdle() {
                said.add("idle");
            }

            @Override
            public void markActive() {
                said.add("active");
            }
        };
    }
}
