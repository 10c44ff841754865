package org.cellstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryConfigTest {

    private static final MemorySize SIZE = MemorySize.ofMebiBytes(1);

    @Test
    void leastValuesAreAllowed() {
        MemoryConfig config =
                new MemoryConfig(MemorySize.ZERO, 1, MemoryPrecision.FLOAT32, Double.MIN_VALUE);

        assertThat(config.residentKeys()).isEqualTo(1);
    }

    @Test
    void residentKeysBelowOneAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MemoryConfig(SIZE, 0, MemoryPrecision.FLOAT32, 1))
                .withMessage("cellstream.memory.resident-keys is 0; need at least 1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void limitThatIsNoPositiveNumberIsRefused(double limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MemoryConfig(SIZE, null, MemoryPrecision.FLOAT32, limit))
                .withMessage(
                        "cellstream.memory.state-limit is %s; need a finite number above 0", limit);
    }

    @Test
    void valuesAreReadFromTheirOptions() {
        Configuration options = new Configuration();
        options.setString("cellstream.memory.resident-size", "3 mb");
        options.setString("cellstream.memory.resident-keys", "5");
        options.setString("cellstream.memory.precision", "bfloat16");
        options.setString("cellstream.memory.state-limit", "12.5");

        MemoryConfig config = MemoryConfig.from(options);

        assertThat(config)
                .isEqualTo(
                        new MemoryConfig(
                                MemorySize.ofMebiBytes(3), 5, MemoryPrecision.BFLOAT16, 12.5));
    }

    @Test
    void otherPrecisionIsReadFromItsWord() {
        Configuration options = new Configuration();
        options.setString("cellstream.memory.precision", "float16");

        assertThat(MemoryConfig.from(options).precision()).isEqualTo(MemoryPrecision.FLOAT16);
    }

    @Test
    void plainIsWhatIsReadWhereNothingIsSet() {
        assertThat(MemoryConfig.from(new Configuration())).isEqualTo(MemoryConfig.plain());
    }
}
