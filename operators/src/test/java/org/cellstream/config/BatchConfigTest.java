package org.cellstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class BatchConfigTest {

    private static final Duration DELAY = Duration.ofMillis(5);

    @Test
    void leastValuesAreAllowed() {
        BatchConfig config = new BatchConfig(1, Duration.ZERO);

        assertThat(config.maxRows()).isEqualTo(1);
        assertThat(config.maxDelay()).isZero();
    }

    @Test
    void batchWithoutRowsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchConfig(0, DELAY))
                .withMessage("cellstream.batch.max-rows is 0; need at least 1");
    }

    @Test
    void negativeDelayIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchConfig(8, Duration.ofMillis(-1)))
                .withMessageContainingAll("cellstream.batch.max-delay is -1", "need at least 0");
    }

    @Test
    void valuesAreReadFromTheirOptions() {
        Configuration options = new Configuration();
        options.setString("cellstream.batch.max-rows", "7");
        options.setString("cellstream.batch.max-delay", "3 ms");

        BatchConfig config = BatchConfig.from(options);

        assertThat(config).isEqualTo(new BatchConfig(7, Duration.ofMillis(3)));
    }
}
