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
 * @param mode from which state steps start
 */
public record SequenceConfig(
        EventOrder order,
        int rewindSteps,
        GapConfig gaps,
        @Nullable Duration timeToLive,
        WeightsChange weightsChange,
        int rerunSteps,
        ModeConfig mode)
        implements Serializable {

    public SequenceConfig {
        Checks.atLeast(CellstreamOptions.LATE_REWIND_STEPS, rewindSteps, 0);
        Checks.atLeast(CellstreamOptions.WEIGHTS_RERUN_STEPS, rerunSteps, 1);
        if (timeToLive != null) {
            Checks.atLeast(CellstreamOptions.MEMORY_TIME_TO_LIVE, timeToLive.toMillis(), 1);
        }
        if (mode.isWindow()) {
            checkWindow(gaps, weightsChange);
        }
        if (mode.isSequence() && rewindSteps > 0) {
            throw new IllegalArgumentException(
                    "%s is %d; a sequence has one beginning and one end, so %s sequence takes 0"
                            .formatted(
                                    CellstreamOptions.LATE_REWIND_STEPS.key(),
                                    rewindSteps,
                                    CellstreamOptions.MEMORY_MODE.key()));
        }
    }

    private static void checkWindow(GapConfig gaps, WeightsChange weightsChange) {
        if (weightsChange != WeightsChange.KEEP) {
            throw new IllegalArgumentException(
                    "%s is %s; every window is run by the newest weights, so %s window takes keep"
                            .formatted(
                                    CellstreamOptions.WEIGHTS_ON_CHANGE.key(),
                                    weightsChange,
                                    CellstreamOptions.MEMORY_MODE.key()));
        }
        if (gaps.missing() != MissingSteps.MASK) {
            throw new IllegalArgumentException(
                    "%s is %s; a window holds events that came, so %s window takes mask"
                            .formatted(
                                    CellstreamOptions.GAPS_MISSING.key(),
                                    gaps.missing(),
                                    CellstreamOptions.MEMORY_MODE.key()));
        }
    }

    /** Of states that go on from event to event. */
    @SuppressWarnings("checkstyle:ParameterNumber")
    public SequenceConfig(
            EventOrder order,
            int rewindSteps,
            GapConfig gaps,
            @Nullable Duration timeToLive,
            WeightsChange weightsChange,
            int rerunSteps) {
        this(
                order,
                rewindSteps,
                gaps,
                timeToLive,
                weightsChange,
                rerunSteps,
                ModeConfig.stateful());
    }

    /** The same with steps that start elsewhere. */
    public SequenceConfig mode(ModeConfig other) {
        return new SequenceConfig(
                order, rewindSteps, gaps, timeToLive, weightsChange, rerunSteps, other);
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
                options.get(CellstreamOptions.WEIGHTS_RERUN_STEPS),
                ModeConfig.from(options));
    }

    /** Whether a key is forgotten between two of its events, at epoch milliseconds. */
    public boolean expires(long before, long now) {
        return timeToLive != null && GapConfig.elapsed(before, now) > timeToLive.toMillis();
    }

    /** Last inputs that a key keeps; 0 if none. */
    public int keptInputs() {
        if (mode.isWindow()) {
            return mode.window() - 1;
        }
        if (weightsChange == WeightsChange.RERUN) {
            return rerunSteps;
        }
        return gaps.missing() == MissingSteps.CARRY ? 1 : 0;
    }
}
