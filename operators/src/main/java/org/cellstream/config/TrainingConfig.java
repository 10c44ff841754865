package org.cellstream.config;

import java.io.Serializable;
import org.apache.flink.configuration.ReadableConfig;

/**
 * How the trainer works.
 *
 * @param learning windows, minibatches and the optimiser
 * @param timing when new weights take effect
 * @param standardisation how columns are brought to one scale; the forecaster's own
 * @param publishEvery minibatches between two publications that take effect at arrival
 */
public record TrainingConfig(
        LearningConfig learning,
        TimingConfig timing,
        StandardisationConfig standardisation,
        int publishEvery)
        implements Serializable {

    public TrainingConfig {
        Checks.atLeast(CellstreamOptions.TRAINING_PUBLISH_EVERY, publishEvery, 1);
    }

    public static TrainingConfig from(ReadableConfig options) {
        return new TrainingConfig(
                LearningConfig.from(options),
                TimingConfig.from(options),
                StandardisationConfig.from(options),
                options.get(CellstreamOptions.TRAINING_PUBLISH_EVERY));
    }
}
