package org.cellstream.config;

import java.io.Serializable;
import org.apache.flink.configuration.ReadableConfig;

/**
 * How the trainer practises on what it has seen, and guards what it publishes.
 *
 * @param replaySteps optimiser steps on windows drawn from the reservoir, after each minibatch of
 *     new ones
 * @param reservoir past windows that are kept to be drawn from
 * @param gate whether weights are published only if they do not lose, and rolled back if they turn
 *     out worse
 * @param warmUp minibatches on which weights are tried before the first ones are published; for the
 *     gate
 * @param driftBoost what the learning rate is multiplied by right after drift was found, 1 or more;
 *     it falls back to 1 in a line
 * @param rate how much of the stream is learned from
 * @param rounds whether a minibatch is full with two windows for each of its keys, and ends with an
 *     epoch of event time, so that it grows with the number of keys
 */
public record PracticeConfig(
        int replaySteps,
        int reservoir,
        boolean gate,
        int warmUp,
        double driftBoost,
        RateConfig rate,
        boolean rounds)
        implements Serializable {

    public PracticeConfig {
        Checks.atLeast(CellstreamOptions.TRAINING_REPLAY_STEPS, replaySteps, 0);
        Checks.atLeast(CellstreamOptions.TRAINING_RESERVOIR, reservoir, 1);
        Checks.atLeast(CellstreamOptions.TRAINING_WARM_UP, warmUp, 0);
        if (!(driftBoost >= 1) || Double.isInfinite(driftBoost)) {
            throw new IllegalArgumentException(
                    "%s is %s; need a finite number of at least 1"
                            .formatted(CellstreamOptions.TRAINING_DRIFT_BOOST.key(), driftBoost));
        }
    }

    /** Learns from each window once, and publishes whatever it has learned. */
    public static PracticeConfig plain() {
        return new PracticeConfig(0, 1, false, 0, 1, RateConfig.all(), false);
    }

    /** The same with so many steps on windows of a reservoir. */
    public PracticeConfig replay(int steps, int windows) {
        return new PracticeConfig(steps, windows, gate, warmUp, driftBoost, rate, rounds);
    }

    /** The same with weights published only if they do not lose. */
    public PracticeConfig guarded(int minibatches) {
        return new PracticeConfig(
                replaySteps, reservoir, true, minibatches, driftBoost, rate, rounds);
    }

    /** The same with minibatches that grow with the number of keys. */
    public PracticeConfig inRounds() {
        return new PracticeConfig(replaySteps, reservoir, gate, warmUp, driftBoost, rate, true);
    }

    /** The same with another rate of training. */
    public PracticeConfig rate(RateConfig other) {
        return new PracticeConfig(replaySteps, reservoir, gate, warmUp, driftBoost, other, rounds);
    }

    /** The same with a learning rate that drift raises. */
    public PracticeConfig driftBoost(double factor) {
        return new PracticeConfig(replaySteps, reservoir, gate, warmUp, factor, rate, rounds);
    }

    static PracticeConfig from(ReadableConfig options, TimingConfig timing) {
        return new PracticeConfig(
                options.get(CellstreamOptions.TRAINING_REPLAY_STEPS),
                options.get(CellstreamOptions.TRAINING_RESERVOIR),
                options.get(CellstreamOptions.TRAINING_GATE),
                options.get(CellstreamOptions.TRAINING_WARM_UP),
                options.get(CellstreamOptions.TRAINING_DRIFT_BOOST),
                RateConfig.from(options, timing),
                options.getOptional(CellstreamOptions.TRAINING_MINIBATCH).isEmpty());
    }
}
