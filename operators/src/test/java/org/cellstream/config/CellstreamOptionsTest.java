package org.cellstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class CellstreamOptionsTest {

    @Test
    void allHoldsEveryPublicConstantOnce() throws IllegalAccessException {
        List<ConfigOption<?>> constants = new ArrayList<>();
        for (Field field : CellstreamOptions.class.getFields()) {
            assertThat(Modifier.isStatic(field.getModifiers())).isTrue();
            constants.add((ConfigOption<?>) field.get(null));
        }

        List<ConfigOption<?>> all = CellstreamOptions.all();

        assertThat(all).containsExactlyInAnyOrderElementsOf(constants);
    }

    @Test
    void keysAreThoseOfTheConstantsInKebabCase() throws IllegalAccessException {
        for (Field field : CellstreamOptions.class.getFields()) {
            String key = ((ConfigOption<?>) field.get(null)).key();

            String constant = key.substring("cellstream.".length()).replaceAll("[.-]", "_");

            assertThat(key).matches("cellstream(\\.[a-z]+(-[a-z]+)*)+");
            assertThat(field.getName()).isEqualTo(constant.toUpperCase(Locale.ROOT));
        }
    }

    @Test
    void everyOptionIsDescribed() {
        for (ConfigOption<?> option : CellstreamOptions.all()) {
            String description = option.description().toString();

            assertThat(description).as(option.key()).isNotBlank();
        }
    }

    @Test
    void defaultsPassTheChecks() {
        Configuration defaults = new Configuration();

        assertThat(BatchConfig.from(defaults).maxRows()).isEqualTo(64);
        assertThat(LearningConfig.from(defaults).window()).isEqualTo(20);
        assertThat(StandardisationConfig.from(defaults))
                .isEqualTo(new StandardisationConfig(0.002, 6).prior(5));
    }

    @Test
    void weightTimingIsReadFromItsWord() {
        Configuration options = new Configuration();
        options.setString(CellstreamOptions.WEIGHTS_TIMING.key(), "event-time");

        WeightTiming timing = options.get(CellstreamOptions.WEIGHTS_TIMING);

        assertThat(timing).isEqualTo(WeightTiming.EVENT_TIME).hasToString("event-time");
    }
}
