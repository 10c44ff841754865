package org.cellstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpertsConfigTest {

    private static Configuration options(Object... keysAndValues) {
        Configuration options = new Configuration();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options.setString("cellstream." + keysAndValues[i], keysAndValues[i + 1].toString());
        }
        return options;
    }

    @Test
    void withoutASeasonAllThatNeedNoneAreOn() {
        ExpertsConfig config = InferenceConfig.from(options()).experts();

        assertThat(config).isEqualTo(ExpertsConfig.all(0));
        assertThat(config.experts())
                .extracting(ExpertName::toString)
                .containsExactly("last", "ar", "holt-winters", "network", "readout");
        assertThat(config.coverage()).isEqualTo(0.9);
    }

    @Test
    void withASeasonAllAreOn() {
        assertThat(ExpertsConfig.from(options("season", 24)).experts())
                .containsExactly(ExpertName.values());
    }

    @Test
    void namedOnesAreOnEachOnceAndInTheirOwnOrder() {
        ExpertsConfig config =
                ExpertsConfig.from(
                        options(
                                "experts",
                                "readout, last,last",
                                "experts.follow",
                                "best",
                                "experts.tell",
                                "true"));

        assertThat(config.experts()).containsExactly(ExpertName.LAST, ExpertName.READOUT);
        assertThat(config.follow()).isEqualTo(ExpertChoice.BEST);
        assertThat(config.tell()).isTrue();
        assertThat(ExpertsConfig.from(options("experts", "none")).experts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "training.loss, student-t",
        "training.loss, categorical-cross-entropy",
        "training.labels, given"
    })
    void whereThereIsNothingForThemToSayTheyAreOffUnlessNamed(String option, String value) {
        assertThat(InferenceConfig.from(options(option, value)).experts().experts()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> InferenceConfig.from(options(option, value, "experts", "last,ar")))
                .withMessageStartingWith(
                        "cellstream.experts is last,ar; need none where cellstream.")
                .withMessageContaining(option + " is " + value);
    }

    @Test
    void unknownNamesAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExpertsConfig.from(options("experts", "last, arima")))
                .withMessage(
                        "cellstream.experts has \"arima\"; need none, or names among last, seasonal,"
                                + " ar, holt-winters, holt-winters-multiplicative, network, readout");
    }

    @Test
    void seasonalOnesNeedASeason() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExpertsConfig.from(options("experts", "last, seasonal")))
                .withMessage(
                        "cellstream.experts has seasonal, which needs a season; cellstream.season is 0");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -3, 10_001})
    void seasonIsOfTwoEventsOrMore(int season) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExpertsConfig.from(options("season", season)))
                .withMessage("cellstream.season is %d; need 2 to 10000".formatted(season));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void coverageIsAPart(double coverage) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExpertsConfig.from(options("interval.coverage", coverage)))
                .withMessage(
                        "cellstream.interval.coverage is %s; need at least 0 and less than 1"
                                .formatted(coverage));
    }
}
