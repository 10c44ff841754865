package org.cellstream.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureTimeTest {

    private static final String PARTS =
            "price=A, h=time|hour|category(24), d=time|dayOfWeek|category(7), m=time|month|category(12)";

    /** Of a float beside a double. */
    private static final double ROUNDING = 1e-7;

    @Test
    void partsOfATimeAreThoseOfTheCalendarInUtc() {
        TestingKey key = TestingKey.of(PARTS);
        Random random = new Random(6);

        for (int i = 0; i < 5_000; i++) {
            long time = (long) (random.nextGaussian() * 3e12);
            key.acceptOf(new EventFacts("key", time, 0), 1);

            LocalDateTime utc = LocalDateTime.ofInstant(Instant.ofEpochMilli(time), ZoneOffset.UTC);
            assertThat(key.row)
                    .startsWith(
                            0f,
                            utc.getHour(),
                            utc.getDayOfWeek().getValue() - 1,
                            utc.getMonthValue() - 1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1969-12-31T23:59:59.999Z, 23, 2, 11",
        "1970-01-01T00:00:00Z, 0, 3, 0",
        "2024-02-29T23:59:59.999Z, 23, 3, 1",
        "2024-03-01T00:00:00Z, 0, 4, 2",
        "2026-11-22T12:00:00Z, 12, 6, 10"
    })
    void partsChangeAtTheirBounds(String time, float hour, float day, float month) {
        TestingKey key = TestingKey.of(PARTS);

        key.acceptOf(new EventFacts("key", Instant.parse(time).toEpochMilli(), 0), 1);

        assertThat(key.row).startsWith(0f, hour, day, month);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE})
    void farthestTimesHaveParts(long time) {
        TestingKey key = TestingKey.of(PARTS);

        key.acceptOf(new EventFacts("key", time, 0), 1);

        assertThat(key.row).doesNotContain(Float.NaN);
    }

    @Test
    void cyclicIsSineAndCosineOfThePhase() {
        TestingKey key = TestingKey.of("price=A, h=time|hour|cyclic, wind=B|cyclic(360)");
        long six = Instant.parse("2026-11-22T06:30:00Z").toEpochMilli();

        key.acceptOf(new EventFacts("key", six, 0), 1, 3_600_000_000_000_030.0);

        assertThat(key.row).hasSize(5);
        assertThat(key.row[1]).isCloseTo(1, within((float) ROUNDING));
        assertThat(key.row[2]).isCloseTo(0, within((float) ROUNDING));
        assertThat((double) key.row[3]).isCloseTo(0.5, within(ROUNDING));
        assertThat((double) key.row[4]).isCloseTo(Math.sqrt(0.75), within(ROUNDING));
    }

    @Test
    void cyclicOfNegativeNumbersTurnsBackwards() {
        TestingKey key = TestingKey.of("price=A, wind=B|cyclic(360)");

        key.accept(1, -90);

        assertThat(key.row[1]).isEqualTo(-1f);
    }

    @Test
    void timeCountsSecondsForAPeriodOfItsOwn() {
        TestingKey key = TestingKey.of("price=A, day=time|cyclic(86400)");
        long eighteen = Instant.parse("2026-11-22T18:00:00Z").toEpochMilli();

        key.acceptOf(new EventFacts("key", eighteen, 0), 1);

        assertThat(key.row[1]).isCloseTo(-1, within((float) ROUNDING));
    }

    @Test
    void timeAloneIsStandardisedAsAFieldIs() {
        TestingKey times = TestingKey.of("price=A, time");
        TestingKey fields = TestingKey.of("price=A, at=B");

        for (long time : new long[] {0, 250, 60_000, 1_700_000_000_123L}) {
            times.acceptOf(new EventFacts("key", time, 0), 5);
            fields.accept(5, time / 1000.0);

            assertThat(times.row).containsExactly(fields.row);
        }
    }

    @Test
    void knownPeriodIsWrittenOut() {
        Columns columns = Columns.parse("price, h=time|hour|cyclic", "price");

        assertThat(columns).hasToString("price, h=time|hour|cyclic(24)");
        assertThat(Columns.parse(columns.toString(), "price")).isEqualTo(columns);
    }
}
