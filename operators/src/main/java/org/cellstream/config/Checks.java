package org.cellstream.config;

import org.apache.flink.configuration.ConfigOption;

/** Checks of option values; each message holds the key, its value and what is allowed. */
final class Checks {

    private Checks() {}

    static void atLeast(ConfigOption<?> option, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "%s is %d; need at least %d".formatted(option.key(), value, least));
        }
    }

    static void positive(ConfigOption<?> option, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "%s is %s; need a finite number above 0".formatted(option.key(), value));
        }
    }
}
