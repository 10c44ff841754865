package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens, what comes out is what the plain reference says: forecasts to the last bit,
 * late events, rejections and reports. A failure prints its seed and a smaller schedule, to be
 * pasted into {@link FoundScheduleTest}.
 */
class RandomScheduleTest {

    @Test
    void forecasterOnHeapEqualsTheReferenceOnAThousandSchedules() {
        Optional<String> firstFailure = firstFailure(false, 0, 1_000);

        assertThat(firstFailure.orElse("none")).isEqualTo("none");
    }

    @Test
    void forecasterOnRocksDbEqualsTheReferenceOnAHundredSchedules() {
        Optional<String> firstFailure = firstFailure(true, 1_000, 1_100);

        assertThat(firstFailure.orElse("none")).isEqualTo("none");
    }

    private static Optional<String> firstFailure(boolean rocksDb, long from, long to) {
        ScheduleCheck check = new ScheduleCheck(rocksDb);
        return LongStream.range(from, to)
                .parallel()
                .filter(seed -> check.difference(RandomSchedules.schedule(seed)).isPresent())
                .boxed()
                .findFirst()
                .map(seed -> check.report(seed, RandomSchedules.schedule(seed)));
    }
}
