package org.cellstream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimesTest {

    @ParameterizedTest
    @ValueSource(strings = {"1949-02", "1949-02-01", "1949-02-01T00:00:00Z", "1949-02-01 00:00"})
    void monthIsItsFirstDay(String text) {
        long expected = Instant.parse("1949-02-01T00:00:00Z").toEpochMilli();

        assertThat(EventTimes.parse(text)).hasValue(expected);
    }

    @Test
    void monthThatIsNoneIsRefused() {
        assertThat(EventTimes.parse("1949-13")).isEmpty();
    }
}
