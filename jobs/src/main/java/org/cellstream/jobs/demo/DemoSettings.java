package org.cellstream.jobs.demo;

import java.time.Duration;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * What a demo is to do.
 *
 * @param symbols how many symbols trade
 * @param rate trades a second
 * @param duration how long trades are sent; null until somebody stops it
 * @param seed of the market and of the first weights
 */
@Internal
public record DemoSettings(int symbols, int rate, @Nullable Duration duration, long seed) {

    private static final int MOST_SYMBOLS = 100_000;
    private static final int MOST_RATE = 1_000_000;

    public DemoSettings {
        if (symbols < 1 || symbols > MOST_SYMBOLS) {
            throw new IllegalArgumentException(
                    "symbols is %d; need 1 to %d".formatted(symbols, MOST_SYMBOLS));
        }
        if (rate < 1 || rate > MOST_RATE) {
            throw new IllegalArgumentException(
                    "rate is %d; need 1 to %d events a second".formatted(rate, MOST_RATE));
        }
        if (duration != null && duration.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "duration is %s; need at least 1 ms".formatted(duration));
        }
    }
}
