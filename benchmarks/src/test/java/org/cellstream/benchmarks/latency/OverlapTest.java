package org.cellstream.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlapTest {

    private static boolean overlaps(double from, double to) {
        return Overlap.any(from, to, List.of(10.0, 30.0), List.of(12.0, 35.0));
    }

    @Test
    void seesWhatBeganBeforeOrEndedAfterACheckpoint() {
        assertThat(overlaps(1, 9)).isFalse();
        assertThat(overlaps(9, 11)).isTrue();
        assertThat(overlaps(11, 20)).isTrue();
        assertThat(overlaps(9, 20)).isTrue();
        assertThat(overlaps(13, 29)).isFalse();
        assertThat(overlaps(36, 40)).isFalse();
    }

    @Test
    void readsWhenAnEventWasDueFromItsForecast() {
        String json = "{\"key\":\"key-7\",\"time\":1767225600123,\"step\":4}";

        long time = ForecastTimes.time(json.getBytes(StandardCharsets.UTF_8));

        assertThat(time).isEqualTo(1767225600123L);
    }
}
