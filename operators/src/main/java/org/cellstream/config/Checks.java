package org.cellstream.config;

import org.apache.flink.configuration.ConfigOption;
import org.jspecify.annotations.Nullable;

/** Checks of option values; each message holds the key, its value and what is allowed. */
final class Checks {

    private Checks() {}

    static void atLeast(ConfigOption<?> option, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "%s is %d; need at least %d".formatted(option.key(), value, least));
        }
    }

    static void between(ConfigOption<?> option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s is %d; need %d to %d".formatted(option.key(), value, least, most));
        }
    }

    static void positive(ConfigOption<?> option, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "%s is %s; need a finite number above 0".formatted(option.key(), value));
        }
    }

    /**
     * That {@code value}, of {@code option}, is there, since {@code needing} makes no sense
     * without.
     */
    static void needed(ConfigOption<?> option, @Nullable Object value, ConfigOption<?> needing) {
        if (value == null) {
            throw new IllegalArgumentException(
                    "%s is missing; %s needs it".formatted(option.key(), needing.key()));
        }
    }
}
