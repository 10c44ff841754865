package org.cellstream.features;

import org.cellstream.config.StandardisationConfig;

/**
 * Divides a column of one key by the exponentially weighted mean of its absolute values, the value
 * at hand included: what is 0 stays 0, and series of very different sizes look alike.
 *
 * @see <a href="https://arxiv.org/abs/1704.04110">Salinas et al. 2020</a>, section 3.3: mean
 *     scaling
 */
final class MeanScaling extends Standardisation {

    private static final int MEAN = 1;

    MeanScaling(StandardisationConfig config) {
        super(config);
    }

    @Override
    float advance(double value, double[] memory, int offset) {
        countOne(memory, offset);
        double weight = weight(StartedCount.forScale(memory[offset + COUNT]));
        double before = memory[offset + MEAN];
        double mean = before + weight * (Math.abs(Transform.finite(value)) - before);
        memory[offset + MEAN] = mean;
        return mean < Double.MIN_NORMAL ? 0 : clipped(value / mean);
    }

    @Override
    void start(Usual usual, double[] memory, int offset) {
        memory[offset + COUNT] = StartedCount.of(0, usual.scaleEvents());
        memory[offset + MEAN] = usual.scaleEvents() > 0 ? usual.scale() : 0;
    }

    /** What is 0 stays 0: nothing is taken off. */
    @Override
    double location(double[] memory, int offset) {
        return 0;
    }

    @Override
    double scale(double[] memory, int offset) {
        return memory[offset + MEAN];
    }
}
