package org.cellstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardisationConfigTest {

    @Test
    void largestRateIsAllowed() {
        StandardisationConfig config = new StandardisationConfig(1, 0.5);

        assertThat(config.rate()).isEqualTo(1);
        assertThat(config.clip()).isEqualTo(0.5);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, cellstream.standardisation.rate is 0.0; need a finite number above 0",
        "NaN, 1, cellstream.standardisation.rate is NaN; need a finite number above 0",
        "1.5, 1, cellstream.standardisation.rate is 1.5; need at most 1",
        "0.5, 0, cellstream.standardisation.clip is 0.0; need a finite number above 0",
        "0.5, -6, cellstream.standardisation.clip is -6.0; need a finite number above 0",
        "0.5, Infinity, cellstream.standardisation.clip is Infinity; need a finite number above 0"
    })
    void valuesOutOfRangeAreRefused(double rate, double clip, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StandardisationConfig(rate, clip))
                .withMessage(message);
    }

    @Test
    void valuesAreReadFromTheirOptions() {
        Configuration options = new Configuration();
        options.setString("cellstream.standardisation.rate", "0.25");
        options.setString("cellstream.standardisation.clip", "4");
        options.set(CellstreamOptions.STANDARDISATION_PRIOR, 7);

        StandardisationConfig config = StandardisationConfig.from(options);

        assertThat(config).isEqualTo(new StandardisationConfig(0.25, 4).prior(7));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 64})
    void priorOfWrongSizeIsNamed(int events) {
        StandardisationConfig config = new StandardisationConfig(0.25, 4);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.prior(events))
                .withMessage("cellstream.standardisation.prior is " + events + "; need 0 to 63");
    }
}
