package org.cellstream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.cellstream.event.Event;
import org.junit.jupiter.api.Test;

class WatermarksTest {

    private static final long[] TIMES = {1_000, 1_999, 2_000, 1_500, 2_400, 2_499, 2_500, 9_000};

    @Test
    void stayBehindTheLatestEvent() {
        assertThat(watermarks(new EventTimeWatermarks(0)))
                .containsExactly(999L, 1_998L, 1_999L, 1_999L, 2_399L, 2_498L, 2_499L, 8_999L);
    }

    @Test
    void stayAsFarBehindAsEventsMayBeOutOfOrder() {
        assertThat(watermarks(new EventTimeWatermarks(500)))
                .containsExactly(499L, 1_498L, 1_499L, 1_499L, 1_899L, 1_998L, 1_999L, 8_499L);
    }

    @Test
    void ofEpochsComeWithTheFirstEventOfEach() {
        assertThat(watermarks(new EpochWatermarks(1_000, 0))).containsExactly(999L, 1_999L, 8_999L);
    }

    @Test
    void ofEpochsWaitAsLongAsEventsMayBeOutOfOrder() {
        assertThat(watermarks(new EpochWatermarks(1_000, 500)))
                .containsExactly(-1L, 999L, 1_999L, 7_999L);
    }

    private static List<Long> watermarks(WatermarkGenerator<DecodedRecord> generator) {
        Collected collected = new Collected();
        for (long time : TIMES) {
            DecodedRecord record = DecodedRecord.of(Event.of("A", time, 1));
            generator.onEvent(record, time, collected);
            generator.onPeriodicEmit(collected);
        }
        return collected.times;
    }

    private static final class Collected implements WatermarkOutput {

        private final List<Long> times = new ArrayList<>();

        @Override
        public void emitWatermark(Watermark watermark) {
            times.add(watermark.getTimestamp());
        }

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}
    }
}
