package org.cellstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceConfigTest {

    private static final GapConfig CARRIED =
            new GapConfig(Duration.ofMinutes(1), MissingSteps.CARRY, 2);

    @Test
    void leastValuesAreAllowed() {
        SequenceConfig config = config(0, Duration.ofMillis(1), 1);

        assertThat(config.rewindSteps()).isZero();
        assertThat(config.rerunSteps()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 1, 1, cellstream.late.rewind-steps is -1; need at least 0",
        "0, 0, 1, cellstream.memory.time-to-live is 0; need at least 1",
        "0, 1, 0, cellstream.weights.rerun-steps is 0; need at least 1"
    })
    void valuesOutOfRangeAreRefused(int rewind, long liveMillis, int rerun, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(rewind, Duration.ofMillis(liveMillis), rerun))
                .withMessage(message);
    }

    @Test
    void keyExpiresOnlyAfterMoreThanItsTimeToLive() {
        SequenceConfig config = config(0, Duration.ofMillis(100), 1);

        assertThat(config.expires(5, 105)).isFalse();
        assertThat(config.expires(5, 106)).isTrue();
    }

    @Test
    void keyWithoutTimeToLiveNeverExpires() {
        assertThat(config(0, null, 1).expires(0, Long.MAX_VALUE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"KEEP, false, 0", "KEEP, true, 1", "RESET, true, 1", "RERUN, false, 20"})
    void onlyInputsThatAreNeededAreKept(WeightsChange change, boolean carry, int kept) {
        SequenceConfig config =
                new SequenceConfig(
                        EventOrder.ARRIVAL,
                        0,
                        carry ? CARRIED : GapConfig.none(),
                        null,
                        change,
                        20);

        assertThat(config.keptInputs()).isEqualTo(kept);
    }

    @Test
    void valuesAreReadFromTheirOptions() {
        Configuration options = new Configuration();
        options.setString("cellstream.order", "event-time");
        options.setString("cellstream.late.rewind-steps", "4");
        options.setString("cellstream.gaps.cadence", "1 min");
        options.setString("cellstream.gaps.missing", "carry");
        options.setString("cellstream.gaps.reset-after", "2");
        options.setString("cellstream.memory.time-to-live", "30 d");
        options.setString("cellstream.weights.on-change", "rerun");
        options.setString("cellstream.weights.rerun-steps", "6");

        SequenceConfig config = SequenceConfig.from(options);

        assertThat(config)
                .isEqualTo(
                        new SequenceConfig(
                                EventOrder.EVENT_TIME,
                                4,
                                CARRIED,
                                Duration.ofDays(30),
                                WeightsChange.RERUN,
                                6));
    }

    @Test
    void plainIsWhatIsReadWhereNothingIsSet() {
        assertThat(SequenceConfig.from(new Configuration())).isEqualTo(SequenceConfig.plain());
    }

    private static SequenceConfig config(int rewind, @Nullable Duration timeToLive, int rerun) {
        return new SequenceConfig(
                EventOrder.ARRIVAL,
                rewind,
                GapConfig.none(),
                timeToLive,
                WeightsChange.RERUN,
                rerun);
    }
}
