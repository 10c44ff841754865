package org.cellstream.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.ReadableConfig;
import org.jspecify.annotations.Nullable;

/**
 * In which order a key's events are stepped, and when its sequence starts anew.
 *
 * @param order in which order events are stepped
 * @param rewindSteps events over which a key can go back to take in one that came late; 0 sends
 *     such events to the side output of late ones
 * @param gaps what happens when a key misses time steps
 * @param timeToLive time without an event, in event time, after which a key is forgotten; null for
 *     never
 * @param weightsChange what new weights do to a key's state
 * @param rerunSteps last inputs that a key keeps for {@link WeightsChange#RERUN}
 */
public record SequenceConfig(
        EventOrder order,
        int rewindSteps,
        GapConfig gaps,
        @Nullable Duration timeToLive,
        WeightsChange weightsChange,
        int rerunSteps)
        implements Serializable {

    public SequenceConfig {
        Checks.atLeast(CellstreamOptions.LATE_REWIND_STEPS, rewindSteps, 0);
        Checks.atLeast(CellstreamOptions.WEIGHTS_RERUN_STEPS, rerunSteps, 1);
        if (timeToLive != null) {
            Checks.atLeast(CellstreamOptions.MEMORY_TIME_TO_LIVE, timeToLive.toMillis(), 1);
        }
    }

    /** Every option at its default. */
    public static SequenceConfig plain() {
        return new SequenceConfig(
                CellstreamOptions.ORDER.defaultValue(),
                CellstreamOptions.LATE_REWIND_STEPS.defaultValue(),
                GapConfig.none(),
                null,
                CellstreamOptions.WEIGHTS_ON_CHANGE.defaultValue(),
                CellstreamOptions.WEIGHTS_RERUN_STEPS.defaultValue());
    }

    public static SequenceConfig from(ReadableConfig options) {
        Optional<Duration> timeToLive = options.getOptional(CellstreamOptions.MEMORY_TIME_TO_LIVE);
        return new SequenceConfig(
                options.get(CellstreamOptions.ORDER),
                options.get(CellstreamOptions.LATE_REWIND_STEPS),
                GapConfig.from(options),
                timeToLive.orElse(null),
                options.get(CellstreamOptions.WEIGHTS_ON_CHANGE),
                options.get(CellstreamOptions.WEIGHTS_RERUN_STEPS));
    }

    /** Whether a key is forgotten between two of its events, at epoch milliseconds. */
    public boolean expires(long before, long now) {
        return timeToLive != null && GapConfig.elapsed(before, now) > timeToLive.toMillis();
    }

    /** Last inputs that a key keeps; 0 if none. */
    public int keptInputs() {
        if (weightsChange == WeightsChange.RERUN) {
            return rerunSteps;
        }
        return gaps.missing() == MissingSteps.CARRY ? 1 : 0;
    }
}
