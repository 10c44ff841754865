package org.cellstream.config;

import java.io.Serializable;
import org.apache.flink.configuration.ReadableConfig;

/**
 * How the trainer works.
 *
 * @param learning windows, minibatches and the optimiser
 * @param timing when new weights take effect
 * @param standardisation how columns are brought to one scale; the forecaster's own
 * @param sequence in which order a key's events are learned from, and when it starts anew; the
 *     forecaster's own
 * @param publishEvery minibatches between two publications that take effect at arrival
 * @param seed of what dropout drops
 * @param missingTarget what becomes of an event without the target's field; the forecaster's own
 */
public record TrainingConfig(
        LearningConfig learning,
        TimingConfig timing,
        StandardisationConfig standardisation,
        SequenceConfig sequence,
        int publishEvery,
        long seed,
        MissingTarget missingTarget)
        implements Serializable {

    public TrainingConfig {
        Checks.atLeast(CellstreamOptions.TRAINING_PUBLISH_EVERY, publishEvery, 1);
    }

    /** The same with something else becoming of events without the target's field. */
    public TrainingConfig missingTarget(MissingTarget other) {
        return new TrainingConfig(
                learning, timing, standardisation, sequence, publishEvery, seed, other);
    }

    /** Whether events wait for the watermark, to be learned from in the order of their times. */
    public boolean holdsEvents() {
        return timing.byEventTime() || sequence.order() == EventOrder.EVENT_TIME;
    }

    public static TrainingConfig from(ReadableConfig options) {
        return new TrainingConfig(
                LearningConfig.from(options),
                TimingConfig.from(options),
                StandardisationConfig.from(options),
                SequenceConfig.from(options),
                options.get(CellstreamOptions.TRAINING_PUBLISH_EVERY),
                options.get(CellstreamOptions.SEED),
                options.get(CellstreamOptions.MISSING_TARGET));
    }
}
