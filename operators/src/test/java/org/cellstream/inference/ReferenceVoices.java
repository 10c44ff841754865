package org.cellstream.inference;

import org.cellstream.config.ExpertsConfig;
import org.cellstream.config.InferenceConfig;
import org.cellstream.config.LabelSource;
import org.cellstream.experts.Experts;
import org.cellstream.experts.Spoken;

/** What the experts of one key say, asked for one event after the other. */
final class ReferenceVoices {

    private final Experts experts;
    private final boolean mixes;

    ReferenceVoices(InferenceConfig config) {
        boolean on = !config.experts().equals(ExpertsConfig.none());
        boolean silent = !on || config.labels() == LabelSource.GIVEN;
        this.experts = silent ? null : new Experts(config.experts());
        this.mixes = !config.experts().experts().isEmpty();
    }

    /** What a forecast holds of it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Said(
            double value,
            double low,
            double high,
            double anomaly,
            String spoke,
            double share,
            double[] told) {}

    /**
     * @param network what the network says of the next target
     */
    Said hear(ReferenceKey key, double target, double network, boolean fedBack, boolean starts) {
        if (experts == null) {
            key.experts = null;
            double none = Double.NaN;
            return new Said(network, none, none, none, "network", 1, new double[0]);
        }
        key.experts = experts.fitting(key.experts);
        if (starts) {
            experts.startAnew(key.experts, target);
        } else if (fedBack) {
            experts.passOver(key.experts, target);
        } else {
            experts.meet(key.experts, target, key.forecast);
        }
        double anomaly = experts.anomaly();
        Spoken spoken = new Spoken();
        experts.speak(key.experts, network, spoken);
        return new Said(
                mixes ? spoken.value() : network,
                spoken.low(),
                spoken.high(),
                anomaly,
                spoken.speaker().toString(),
                spoken.share(),
                spoken.told());
    }
}
