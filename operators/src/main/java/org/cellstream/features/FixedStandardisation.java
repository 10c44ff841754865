package org.cellstream.features;

import org.cellstream.config.StandardisationConfig;

/**
 * Standardises a column with a mean and a scale that are known beforehand and the same for every
 * key, as scikit-learn's {@code StandardScaler} does.
 */
final class FixedStandardisation extends Standardisation {

    private final double mean;
    private final double scale;

    /**
     * @param scale what values are divided by once the mean is taken off
     */
    FixedStandardisation(StandardisationConfig config, double mean, double scale) {
        super(config);
        this.mean = mean;
        this.scale = scale;
    }

    @Override
    float advance(double value, double[] memory, int offset) {
        countOne(memory, offset);
        return (float) ((value - mean) / scale);
    }
}
