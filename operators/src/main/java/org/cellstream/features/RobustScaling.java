package org.cellstream.features;

import org.cellstream.config.StandardisationConfig;

/**
 * Scales a column of one key by its running median and its running median absolute deviation, the
 * value at hand included: however far out an outlier is, it moves both by one step.
 *
 * <p>Both are found by stochastic approximation. A value above the median moves it up by a step,
 * one below down; the deviation grows or shrinks by a part of itself. Steps shrink as 1/n until
 * they have the configured rate.
 *
 * @see <a href="https://doi.org/10.1214/aoms/1177729586">Robbins and Monro 1951</a>; <a
 *     href="https://arxiv.org/abs/1407.1121">Ma, Muthukrishnan and Sandler 2013</a>: quantiles of a
 *     stream from one number of memory each
 */
final class RobustScaling extends Standardisation {

    private static final int MEDIAN = 1;
    private static final int DEVIATION = 2;

    /** The standard deviation of normal values, in median absolute deviations. */
    private static final double NORMAL = 1.4826;

    /** A step of the median in deviations: 1 over twice the normal density there, rounded. */
    private static final double STEP = 2;

    RobustScaling(StandardisationConfig config) {
        super(config);
    }

    @Override
    float advance(double value, double[] memory, int offset) {
        countOne(memory, offset);
        double weight = weight(StartedCount.forLocation(memory[offset + COUNT]));
        double scaleWeight = weight(StartedCount.forScale(memory[offset + COUNT]));
        if (weight == 1) {
            memory[offset + MEDIAN] = value;
            memory[offset + DEVIATION] = scaleWeight == 1 ? 0 : memory[offset + DEVIATION];
            return 0;
        }
        double median = memory[offset + MEDIAN];
        double deviation = memory[offset + DEVIATION];
        double distance = Math.abs(Transform.finite(value - median));
        double newDeviation =
                deviation == 0
                        ? distance
                        : deviation * (1 + scaleWeight * side(distance, deviation));
        double newMedian = median + STEP * weight * deviation * side(value, median);
        memory[offset + DEVIATION] = Transform.finite(newDeviation);
        memory[offset + MEDIAN] = Transform.finite(newMedian);
        double scale = above0(NORMAL * memory[offset + DEVIATION], newMedian);
        return scale == 0 ? 0 : clipped(Transform.finite(value - memory[offset + MEDIAN]) / scale);
    }

    @Override
    void start(Usual usual, double[] memory, int offset) {
        memory[offset + COUNT] = StartedCount.of(usual.locationEvents(), usual.scaleEvents());
        memory[offset + MEDIAN] = usual.locationEvents() > 0 ? usual.location() : 0;
        memory[offset + DEVIATION] = usual.scaleEvents() > 0 ? usual.scale() / NORMAL : 0;
    }

    @Override
    double location(double[] memory, int offset) {
        return memory[offset + MEDIAN];
    }

    @Override
    double scale(double[] memory, int offset) {
        return above0(NORMAL * memory[offset + DEVIATION], memory[offset + MEDIAN]);
    }

    /** 1 above, -1 below, 0 for equals: values that never vary keep their median. */
    private static double side(double value, double limit) {
        return Math.signum(value - limit);
    }
}
