package org.cellstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PracticeConfigTest {

    @ParameterizedTest
    @ValueSource(strings = {"all", "ratio(0.25)", "per-second(100.0)", "adaptive"})
    void rateIsReadAsItIsWritten(String text) {
        assertThat(RateConfig.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0.5",
                "ratio",
                "ratio(0)",
                "ratio(1.5)",
                "per-second(-1)",
                "all(1)",
                "often"
            })
    void wrongRateSaysWhatIsAllowed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RateConfig.parse(text))
                .withMessageContaining("cellstream.training.rate is ")
                .withMessageContaining("adaptive");
    }

    @Test
    void adaptiveRateIsRefusedWhereTwoRunsMustGiveTheSame() {
        Configuration options = new Configuration();
        options.set(CellstreamOptions.TRAINING_RATE, "adaptive");
        assertThat(TrainingConfig.from(options).practice().rate().kind())
                .isEqualTo(RateConfig.Kind.ADAPTIVE);

        options.set(CellstreamOptions.WEIGHTS_TIMING, WeightTiming.EVENT_TIME);
        options.set(CellstreamOptions.WEIGHTS_EPOCH, Duration.ofDays(1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrainingConfig.from(options))
                .withMessage(
                        "cellstream.training.rate is adaptive; need all, ratio(share) or"
                                + " per-second(steps) where cellstream.weights.timing is"
                                + " event-time, as in replay and backtest: adaptive follows the"
                                + " machine, and no two runs are the same");
    }

    @Test
    void numbersThatCannotBeNameTheirOption() {
        PracticeConfig plain = PracticeConfig.plain();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain.replay(-1, 1))
                .withMessage("cellstream.training.replay-steps is -1; need at least 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain.replay(1, 0))
                .withMessage("cellstream.training.reservoir is 0; need at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain.guarded(-2))
                .withMessage("cellstream.training.warm-up is -2; need at least 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain.driftBoost(0.5))
                .withMessage(
                        "cellstream.training.drift-boost is 0.5; need a finite number of at least"
                                + " 1");
    }
}
