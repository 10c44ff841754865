package org.cellstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HorizonsTest {

    @Test
    void horizonsAreReadFromTheirOption() {
        Configuration options = new Configuration();
        options.set(CellstreamOptions.HORIZONS, "1, 2,5");

        assertThat(Horizons.from(options).events()).containsExactly(1, 2, 5);
        assertThat(Horizons.from(options)).hasToString("1,2,5");
        assertThat(Horizons.from(new Configuration()).events()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "2,1", "2,2", "1001", "1.5", "one", "1;2", "1,", "9e9"})
    void wrongHorizonsAreNamed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Horizons.parse(text))
                .withMessageStartingWith("cellstream.horizons is ")
                .withMessageContaining(text)
                .withMessageEndingWith(
                        "need whole numbers from 1 to 1000 in rising order, as 1,2,5");
    }
}
