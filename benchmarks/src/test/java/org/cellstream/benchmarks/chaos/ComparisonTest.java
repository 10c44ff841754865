package org.cellstream.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final EventStream EVENTS = new EventStream(2, 1);

    /** Two events of key-0 and one of key-1. */
    private static final long COUNT = 3;

    @Test
    void findsNothingBetweenEqualRuns() throws IOException {
        Comparison comparison = compare("key-0 1 a", "key-1 1 b", "key-0 2 c");

        assertThat(comparison).isEqualTo(new Comparison(0, 0, 0, 0));
        assertThat(comparison.isClean()).isTrue();
    }

    @Test
    void countsAnEventWithoutForecastAsLost() throws IOException {
        Comparison comparison = compare("key-0 1 a", "key-1 1 b");

        assertThat(comparison).isEqualTo(new Comparison(1, 0, 0, 0));
        assertThat(comparison.isClean()).isFalse();
    }

    @Test
    void countsASecondForecastOfAnEventAsDuplicate() throws IOException {
        Comparison comparison = compare("key-0 1 a", "key-0 1 a", "key-1 1 b", "key-0 2 c");

        assertThat(comparison).isEqualTo(new Comparison(0, 1, 0, 0));
        assertThat(comparison.isClean()).isFalse();
    }

    @Test
    void countsOtherBytesAsDifferent() throws IOException {
        Comparison comparison = compare("key-0 1 a", "key-1 1 b", "key-0 2 x");

        assertThat(comparison).isEqualTo(new Comparison(0, 0, 1, 0));
        assertThat(comparison.isClean()).isFalse();
    }

    @Test
    void countsForecastsOfUnknownKeysAsDifferent() throws IOException {
        Comparison comparison = compare("key-0 1 a", "key-1 1 b", "key-0 2 c", "key-7 1 a");

        assertThat(comparison).isEqualTo(new Comparison(0, 0, 1, 0));
    }

    @Test
    void countsForecastsOutOfOrder() throws IOException {
        Comparison comparison = compare("key-0 2 c", "key-0 1 a", "key-1 1 b");

        assertThat(comparison).isEqualTo(new Comparison(0, 0, 0, 1));
        assertThat(comparison.isClean()).isFalse();
    }

    private static Comparison compare(String... run) throws IOException {
        ForecastLog undisturbed = log("key-0 1 a", "key-1 1 b", "key-0 2 c");
        return Comparison.of(EVENTS, COUNT, log(run), undisturbed);
    }

    /** Forecasts from texts of key, step and value. */
    private static ForecastLog log(String... forecasts) throws IOException {
        ForecastLog log = new ForecastLog();
        for (String forecast : forecasts) {
            String[] words = forecast.split(" ", 3);
            String json = "{\"step\":%s,\"value\":\"%s\"}".formatted(words[1], words[2]);
            log.add(words[0], json.getBytes(StandardCharsets.UTF_8));
        }
        return log;
    }
}
