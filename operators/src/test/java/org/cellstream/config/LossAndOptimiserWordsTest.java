package org.cellstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words of options that name a loss, an optimiser or a schedule. */
class LossAndOptimiserWordsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mse",
                "mae",
                "huber(0.5)",
                "binary-cross-entropy",
                "categorical-cross-entropy",
                "quantile(0.1, 0.5, 0.9)",
                "gaussian",
                "student-t"
            })
    void lossesAreWrittenAsTheyAreRead(String text) {
        assertThat(LossConfig.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mse mse",
                "MSE",
                "mse(1)",
                "huber",
                "huber(0)",
                "huber(x)",
                "quantile",
                "quantile()",
                "quantile(0.5, 0.1)",
                "quantile(0.5, 0.5)",
                "quantile(0, 0.5)",
                "quantile(0.5, 1)",
                "quantile(0.5",
                "logit"
            })
    void otherLossesAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LossConfig.parse(text))
                .withMessageStartingWith(
                        "cellstream.training.loss is " + text.replaceAll("\\W.*", ""))
                .withMessageContaining("; need ");
    }

    @ParameterizedTest
    @CsvSource({
        "sgd, SGD, 0",
        "sgd(momentum=0.9), SGD, 0.9",
        "sgd(0.9), SGD, 0.9",
        "adam, ADAM, 0",
        "adamw, ADAMW, 0.01",
        "adamw( weight-decay = 0.1 ), ADAMW, 0.1",
        "rmsprop, RMSPROP, 0",
        "adagrad, ADAGRAD, 0"
    })
    void optimisersAreRead(String text, OptimiserConfig.Kind kind, double number) {
        assertThat(OptimiserConfig.Method.parse(text))
                .isEqualTo(new OptimiserConfig.Method(kind, number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lion",
                "adam(0.9)",
                "sgd(1)",
                "sgd(momentum=-0.1)",
                "sgd(decay=0.1)",
                "adamw(weight-decay=NaN)",
                "adam sgd"
            })
    void otherOptimisersAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OptimiserConfig.Method.parse(text))
                .withMessageStartingWith("cellstream.training.optimiser is ")
                .withMessageContaining("; need ");
    }

    @Test
    void schedulesFollowTheirSteps() {
        ScheduleConfig step = ScheduleConfig.parse("step(10, 0.5)");
        ScheduleConfig cosine = ScheduleConfig.parse("warm-up(4) cosine(10, 0.1)");

        assertThat(ScheduleConfig.parse("constant")).isEqualTo(ScheduleConfig.constant());
        assertThat(ScheduleConfig.parse("warm-up(4)").factorAt(1)).isEqualTo(0.5);
        assertThat(ScheduleConfig.parse("exponential(0.5)").factorAt(3)).isEqualTo(0.125);
        assertThat(List.of(step.factorAt(9), step.factorAt(10), step.factorAt(20)))
                .containsExactly(1.0, 0.5, 0.25);
        assertThat(List.of(cosine.factorAt(0), cosine.factorAt(4), cosine.factorAt(1000)))
                .containsExactly(0.25, 1.0, 0.1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "linear",
                "step(10)",
                "step(0, 0.5)",
                "step(1.5, 0.5)",
                "exponential(2)",
                "exponential(0)",
                "cosine(10, -1)",
                "constant warm-up(3)",
                "warm-up",
                "warm-up(3) constant constant"
            })
    void otherSchedulesAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScheduleConfig.parse(text))
                .withMessageStartingWith("cellstream.training.schedule is ")
                .withMessageContaining("; need ");
    }

    @Test
    void optionsOfTheOptimiserAreRead() {
        Configuration options = new Configuration();
        options.setString("cellstream.training.loss", "gaussian");
        options.setString("cellstream.training.optimiser", "rmsprop");
        options.setString("cellstream.training.schedule", "warm-up(5)");
        options.setString("cellstream.training.clip-value", "0.5");

        LearningConfig config = LearningConfig.from(options);

        assertThat(config.loss()).isEqualTo(LossConfig.parse("gaussian"));
        assertThat(InferenceConfig.from(options).loss()).isEqualTo(config.loss());
        assertThat(config.optimiser())
                .isEqualTo(
                        new OptimiserConfig(
                                OptimiserConfig.Method.parse("rmsprop"),
                                0.002,
                                ScheduleConfig.parse("warm-up(5)"),
                                1,
                                0.5));
    }

    @Test
    void clipValueOfZeroIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new OptimiserConfig(
                                        OptimiserConfig.Method.parse("adam"),
                                        1,
                                        ScheduleConfig.constant(),
                                        1,
                                        0.0))
                .withMessage("cellstream.training.clip-value is 0.0; need a finite number above 0");
    }
}
