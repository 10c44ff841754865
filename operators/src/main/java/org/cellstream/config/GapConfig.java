package org.cellstream.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.ReadableConfig;
import org.jspecify.annotations.Nullable;

/**
 * What happens when a key misses time steps.
 *
 * @param cadence time expected from one event of a key to its next; null if none is expected
 * @param missing what missed steps do
 * @param resetAfter most missed steps that a key's state survives; null for any number
 */
public record GapConfig(
        @Nullable Duration cadence, MissingSteps missing, @Nullable Integer resetAfter)
        implements Serializable {

    public GapConfig {
        if (cadence != null) {
            Checks.atLeast(CellstreamOptions.GAPS_CADENCE, cadence.toMillis(), 1);
        }
        if (resetAfter != null) {
            Checks.atLeast(CellstreamOptions.GAPS_RESET_AFTER, resetAfter, 0);
            Checks.needed(
                    CellstreamOptions.GAPS_CADENCE, cadence, CellstreamOptions.GAPS_RESET_AFTER);
        }
        if (missing == MissingSteps.CARRY) {
            // Else one long gap could keep the operator busy for hours.
            Checks.needed(
                    CellstreamOptions.GAPS_RESET_AFTER, resetAfter, CellstreamOptions.GAPS_MISSING);
        }
    }

    /** No cadence is expected: no gap changes anything. */
    public static GapConfig none() {
        return new GapConfig(null, MissingSteps.MASK, null);
    }

    public static GapConfig from(ReadableConfig options) {
        Optional<Duration> cadence = options.getOptional(CellstreamOptions.GAPS_CADENCE);
        Optional<Integer> resetAfter = options.getOptional(CellstreamOptions.GAPS_RESET_AFTER);
        return new GapConfig(
                cadence.orElse(null),
                options.get(CellstreamOptions.GAPS_MISSING),
                resetAfter.orElse(null));
    }

    /**
     * Time steps that a key missed, rounded to the nearest; 0 where no cadence is expected.
     *
     * @param before event time of the key's event before, epoch milliseconds
     * @param now event time of the event at hand
     */
    public long missed(long before, long now) {
        if (cadence == null) {
            return 0;
        }
        long millis = cadence.toMillis();
        long gap = Math.min(elapsed(before, now), Long.MAX_VALUE - millis / 2);
        return Math.max(0, (gap + millis / 2) / millis - 1);
    }

    /** Milliseconds between two event times, at most {@link Long#MAX_VALUE}; 0 backwards. */
    static long elapsed(long before, long now) {
        long gap = now - before;
        if (now <= before) {
            return 0;
        }
        return gap < 0 ? Long.MAX_VALUE : gap;
    }

    /** Whether a key's state ends after so many missed steps. */
    public boolean resets(long missed) {
        return resetAfter != null && missed > resetAfter;
    }
}
