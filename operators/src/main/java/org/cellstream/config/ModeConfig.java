package org.cellstream.config;

import java.io.Serializable;
import org.apache.flink.configuration.ReadableConfig;

/**
 * From which state steps start, and which of them give a forecast.
 *
 * @param mode from which state an event's step starts
 * @param window events that are run for one forecast, its own among them, in mode window
 * @param output which events of a sequence get a forecast, in mode sequence
 * @param maxSteps most events of a sequence for a network that needs all of them at once
 */
public record ModeConfig(MemoryMode mode, int window, SequenceOutput output, int maxSteps)
        implements Serializable {

    /** A key keeps as many inputs, and a batch of keys is run over them at once. */
    private static final int MOST_STEPS = 10_000;

    public ModeConfig {
        Checks.between(CellstreamOptions.MEMORY_WINDOW, window, 1, MOST_STEPS);
        Checks.between(CellstreamOptions.SEQUENCE_MAX_STEPS, maxSteps, 1, MOST_STEPS);
        if (output == SequenceOutput.END && mode != MemoryMode.SEQUENCE) {
            throw new IllegalArgumentException(
                    "%s is %s; that is for %s sequence, which is %s"
                            .formatted(
                                    CellstreamOptions.SEQUENCE_OUTPUT.key(),
                                    output,
                                    CellstreamOptions.MEMORY_MODE.key(),
                                    mode));
        }
    }

    /** A state that goes on from event to event. */
    public static ModeConfig stateful() {
        return of(MemoryMode.STATEFUL);
    }

    /** Windows of the last {@code steps} events, each from zeros. */
    public static ModeConfig window(int steps) {
        return new ModeConfig(
                MemoryMode.WINDOW,
                steps,
                CellstreamOptions.SEQUENCE_OUTPUT.defaultValue(),
                CellstreamOptions.SEQUENCE_MAX_STEPS.defaultValue());
    }

    /** Sequences from an event that starts one to an event that ends it. */
    public static ModeConfig sequence(SequenceOutput output, int maxSteps) {
        return new ModeConfig(
                MemoryMode.SEQUENCE,
                CellstreamOptions.MEMORY_WINDOW.defaultValue(),
                output,
                maxSteps);
    }

    private static ModeConfig of(MemoryMode mode) {
        return new ModeConfig(
                mode,
                CellstreamOptions.MEMORY_WINDOW.defaultValue(),
                CellstreamOptions.SEQUENCE_OUTPUT.defaultValue(),
                CellstreamOptions.SEQUENCE_MAX_STEPS.defaultValue());
    }

    public static ModeConfig from(ReadableConfig options) {
        return new ModeConfig(
                options.get(CellstreamOptions.MEMORY_MODE),
                options.get(CellstreamOptions.MEMORY_WINDOW),
                options.get(CellstreamOptions.SEQUENCE_OUTPUT),
                options.get(CellstreamOptions.SEQUENCE_MAX_STEPS));
    }

    public boolean isWindow() {
        return mode == MemoryMode.WINDOW;
    }

    public boolean isSequence() {
        return mode == MemoryMode.SEQUENCE;
    }
}
