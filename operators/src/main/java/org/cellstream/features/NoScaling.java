package org.cellstream.features;

import org.cellstream.config.StandardisationConfig;

/** Leaves a column as it is, but for what no float holds: that becomes the largest float. */
final class NoScaling extends Standardisation {

    NoScaling(StandardisationConfig config) {
        super(config);
    }

    @Override
    float advance(double value, double[] memory, int offset) {
        countOne(memory, offset);
        return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value));
    }

    @Override
    void start(Usual usual, double[] memory, int offset) {}

    @Override
    double location(double[] memory, int offset) {
        return 0;
    }

    @Override
    double scale(double[] memory, int offset) {
        return 0;
    }
}
