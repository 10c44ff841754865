package org.cellstream.jobs.config;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

/** What values an option takes, in words, and what was written there. */
final class OptionTypes {

    private OptionTypes() {}

    static String allowed(ConfigOption<?> option) {
        Object example = option.defaultValue();
        if (example instanceof Enum<?> one) {
            return Arrays.stream(one.getDeclaringClass().getEnumConstants())
                    .map(Object::toString)
                    .collect(Collectors.joining(" or "));
        }
        if (example instanceof Boolean) {
            return "true or false";
        }
        if (example instanceof Integer || example instanceof Long) {
            return "a whole number";
        }
        if (example instanceof Number) {
            return "a number";
        }
        // All others take any text, but for durations, of which some have no default.
        return example instanceof Duration || example == null
                ? "a duration, as 500 ms, 20 s, 5 min or 20 d"
                : "a text";
    }

    /** The value as it was written. */
    static String written(ReadableConfig options, ConfigOption<?> option) {
        return options.getOptional(key(option.key()).stringType().noDefaultValue())
                .orElse("missing");
    }
}
