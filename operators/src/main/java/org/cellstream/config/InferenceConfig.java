package org.cellstream.config;

import java.io.Serializable;
import org.apache.flink.configuration.ReadableConfig;

/**
 * How the forecaster works.
 *
 * @param batch how long rows wait to be stepped together
 * @param timing when new weights take effect
 * @param standardisation how columns are brought to one scale
 * @param memory how the memories of keys are held
 * @param sequence in which order a key's events are stepped, and when it starts anew
 * @param loss what the network learned by, which says what its outputs mean
 * @param missingTarget what becomes of an event without the target's field
 * @param labels by what forecasts are scored
 * @param experts who forecasts beside the network
 * @param horizons how far ahead it is forecast
 */
public record InferenceConfig(
        BatchConfig batch,
        TimingConfig timing,
        StandardisationConfig standardisation,
        MemoryConfig memory,
        SequenceConfig sequence,
        LossConfig loss,
        MissingTarget missingTarget,
        LabelSource labels,
        ExpertsConfig experts,
        Horizons horizons)
        implements Serializable {

    public InferenceConfig {
        experts.check(loss, labels);
    }

    /** Of a network that learned by the mean squared error, fed by events, and speaks alone. */
    public InferenceConfig(
            BatchConfig batch,
            TimingConfig timing,
            StandardisationConfig standardisation,
            MemoryConfig memory,
            SequenceConfig sequence) {
        this(
                batch,
                timing,
                standardisation,
                memory,
                sequence,
                LossConfig.mse(),
                MissingTarget.REJECT,
                LabelSource.NEXT_EVENT,
                ExpertsConfig.none(),
                Horizons.none());
    }

    /** The same for a network that learned by another loss. */
    public InferenceConfig loss(LossConfig other) {
        return new InferenceConfig(
                batch,
                timing,
                standardisation,
                memory,
                sequence,
                other,
                missingTarget,
                labels,
                experts,
                horizons);
    }

    /** The same with something else becoming of events without the target's field. */
    public InferenceConfig missingTarget(MissingTarget other) {
        return new InferenceConfig(
                batch,
                timing,
                standardisation,
                memory,
                sequence,
                loss,
                other,
                labels,
                experts,
                horizons);
    }

    /** The same with forecasts scored by something else. */
    public InferenceConfig labels(LabelSource other) {
        return new InferenceConfig(
                batch,
                timing,
                standardisation,
                memory,
                sequence,
                loss,
                missingTarget,
                other,
                experts,
                horizons);
    }

    /** The same with others who forecast beside the network. */
    public InferenceConfig experts(ExpertsConfig other) {
        return new InferenceConfig(
                batch,
                timing,
                standardisation,
                memory,
                sequence,
                loss,
                missingTarget,
                labels,
                other,
                horizons);
    }

    /** The same with forecasts of other horizons. */
    public InferenceConfig horizons(Horizons other) {
        return new InferenceConfig(
                batch,
                timing,
                standardisation,
                memory,
                sequence,
                loss,
                missingTarget,
                labels,
                experts,
                other);
    }

    public static InferenceConfig from(ReadableConfig options) {
        return new InferenceConfig(
                BatchConfig.from(options),
                TimingConfig.from(options),
                StandardisationConfig.from(options),
                MemoryConfig.from(options),
                SequenceConfig.from(options),
                LossConfig.from(options),
                options.get(CellstreamOptions.MISSING_TARGET),
                options.get(CellstreamOptions.TRAINING_LABELS),
                ExpertsConfig.from(options),
                Horizons.from(options));
    }
}
