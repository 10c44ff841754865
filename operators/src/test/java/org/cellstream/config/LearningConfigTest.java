package org.cellstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningConfigTest {

    @Test
    void leastValuesAreAllowed() {
        LearningConfig config = new LearningConfig(1, 1, 1, Double.MIN_VALUE, Double.MIN_VALUE);

        assertThat(config.window()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, cellstream.training.window is 0; need at least 1",
        "1, 0, 1, cellstream.training.minibatch is 0; need at least 1",
        "1, 1, -2, cellstream.training.steps-per-minibatch is -2; need at least 1"
    })
    void countsBelowOneAreRefused(int window, int minibatch, int steps, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LearningConfig(window, minibatch, steps, 0.1, 1))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, cellstream.training.learning-rate is 0.0; need a finite number above 0",
        "NaN, 1, cellstream.training.learning-rate is NaN; need a finite number above 0",
        "Infinity, 1, cellstream.training.learning-rate is Infinity; need a finite number above 0",
        "1, -1, cellstream.training.clip-norm is -1.0; need a finite number above 0"
    })
    void ratesThatAreNotPositiveAreRefused(double rate, double clip, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LearningConfig(1, 1, 1, rate, clip))
                .withMessage(message);
    }

    @Test
    void valuesAreReadFromTheirOptions() {
        Configuration options = new Configuration();
        options.setString("cellstream.training.window", "2");
        options.setString("cellstream.training.minibatch", "3");
        options.setString("cellstream.training.steps-per-minibatch", "4");
        options.setString("cellstream.training.loss", "mae");
        options.setString("cellstream.training.learning-rate", "0.5");
        options.setString("cellstream.training.clip-norm", "0.25");

        LearningConfig config = LearningConfig.from(options);

        assertThat(config)
                .isEqualTo(
                        new LearningConfig(
                                2, 3, 4, LossConfig.parse("mae"), OptimiserConfig.adam(0.5, 0.25)));
    }
}
