package org.cellstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GapConfigTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 0",
        "10, 0",
        "14, 0",
        "15, 1",
        "20, 1",
        "24, 1",
        "25, 2",
        "1000000007, 100000000"
    })
    void missedStepsAreRoundedToTheNearest(long gap, long missed) {
        GapConfig gaps = new GapConfig(Duration.ofMillis(10), MissingSteps.MASK, null);

        assertThat(gaps.missed(-1000, gap - 1000)).isEqualTo(missed);
    }

    @Test
    void oddCadenceIsRoundedToTheNearestToo() {
        GapConfig gaps = new GapConfig(Duration.ofMillis(3), MissingSteps.MASK, null);

        assertThat(gaps.missed(0, 4)).isZero();
        assertThat(gaps.missed(0, 5)).isEqualTo(1);
    }

    @Test
    void gapTooLongForItsMillisecondsIsTheLongestThereIs() {
        GapConfig gaps = new GapConfig(Duration.ofMillis(1), MissingSteps.MASK, null);

        assertThat(gaps.missed(Long.MIN_VALUE + 1, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(gaps.missed(5, 5)).isZero();
    }

    @Test
    void nothingIsMissedWithoutCadence() {
        assertThat(GapConfig.none().missed(0, Long.MAX_VALUE)).isZero();
        assertThat(GapConfig.none().resets(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void stateEndsAfterMoreMissedStepsThanTheLimit() {
        GapConfig gaps = new GapConfig(MINUTE, MissingSteps.CARRY, 3);

        assertThat(gaps.resets(3)).isFalse();
        assertThat(gaps.resets(4)).isTrue();
    }

    @Test
    void limitOfZeroEndsTheStateAtTheFirstMissedStep() {
        GapConfig gaps = new GapConfig(MINUTE, MissingSteps.CARRY, 0);

        assertThat(gaps.resets(0)).isFalse();
        assertThat(gaps.resets(1)).isTrue();
    }

    @Test
    void cadenceBelowOneMillisecondIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GapConfig(Duration.ofNanos(1), MissingSteps.MASK, null))
                .withMessage("cellstream.gaps.cadence is 0; need at least 1");
    }

    @Test
    void negativeLimitIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GapConfig(MINUTE, MissingSteps.MASK, -1))
                .withMessage("cellstream.gaps.reset-after is -1; need at least 0");
    }

    @Test
    void limitWithoutCadenceIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GapConfig(null, MissingSteps.MASK, 3))
                .withMessage(
                        "cellstream.gaps.cadence is missing; cellstream.gaps.reset-after needs it");
    }

    @Test
    void carryWithoutLimitIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GapConfig(MINUTE, MissingSteps.CARRY, null))
                .withMessage(
                        "cellstream.gaps.reset-after is missing; cellstream.gaps.missing needs it");
    }

    @Test
    void valuesAreReadFromTheirOptions() {
        Configuration options = new Configuration();
        options.setString("cellstream.gaps.cadence", "10 s");
        options.setString("cellstream.gaps.missing", "carry");
        options.setString("cellstream.gaps.reset-after", "7");

        GapConfig config = GapConfig.from(options);

        assertThat(config).isEqualTo(new GapConfig(Duration.ofSeconds(10), MissingSteps.CARRY, 7));
    }

    @Test
    void noGapChangesAnythingByDefault() {
        assertThat(GapConfig.from(new Configuration())).isEqualTo(GapConfig.none());
    }
}
