package org.cellstream.features;

import org.cellstream.config.StandardisationConfig;

/**
 * Brings one column of one key to mean 0 and variance 1, with an exponentially weighted mean and
 * standard deviation that include the value at hand. The n-th value of the column has weight
 * max(1/n, rate), so that they are the plain mean and deviation first.
 *
 * <p>With weight a and d = value - mean, the new mean is mean + a d and the new variance (1 - a)
 * (variance + a d d): sums of squares only, so it is never negative.
 *
 * <p>Differs from that in form. The mean is kept in two doubles, the second one holding what
 * rounding took from the first: around 1e9 a d is less than the last bit of the mean as soon as the
 * deviation is below 1e-5, and the mean would stand still. And the standard deviation is kept
 * instead of the variance, found from the parts relative to the larger one: the square of 1e300 is
 * infinite and that of 1e-300 is 0.
 *
 * @see <a href="https://fanf2.user.srcf.net/hermes/doc/antiforgery/stats.pdf">Finch 2009</a>,
 *     chapter 9: the two equations
 */
class Standardisation {

    /** Doubles of memory of one column. */
    static final int MEMORY_SIZE = 4;

    /** Doubles of memory of a column that is counted and not standardised. */
    static final int COUNT_SIZE = 1;

    static final int COUNT = 0;
    private static final int MEAN = 1;
    private static final int REMAINDER = 2;
    private static final int DEVIATION = 3;

    /**
     * Below this part of the mean a deviation is what is left of older values; all recent ones are
     * equal.
     */
    private static final double FLAT = 0x1p-64;

    private final StandardisationConfig config;

    /** From this count on a value has the weight {@code rate}. */
    private final double steady;

    Standardisation(StandardisationConfig config) {
        this.config = config;
        double count = Math.ceil(1 / config.rate());
        this.steady = 1 / count <= config.rate() ? count : count + 1;
    }

    /** As the configuration says. */
    static Standardisation of(StandardisationConfig config) {
        return switch (config.scaling()) {
            case STANDARD -> new Standardisation(config);
            case MEAN -> new MeanScaling(config);
            case ROBUST -> new RobustScaling(config);
            case NONE -> new NoScaling(config);
        };
    }

    /** max(1/count, rate), without the division where it decides nothing: it is for each event. */
    final double weight(double count) {
        return count >= steady ? config.rate() : Math.max(1 / count, config.rate());
    }

    /** How many values of the column have been taken in. */
    static long count(double[] memory, int offset) {
        return (long) memory[offset + COUNT];
    }

    /** Counts a value of a column that is not standardised. */
    static void countOne(double[] memory, int offset) {
        memory[offset + COUNT]++;
    }

    /**
     * Takes {@code value} into the statistics and standardises it with them. A column that has not
     * varied gives 0.
     *
     * @param memory memory of the key, of which {@link #MEMORY_SIZE} doubles from {@code offset} on
     *     are changed
     */
    float advance(double value, double[] memory, int offset) {
        double count = memory[offset + COUNT] + 1;
        double weight = weight(StartedCount.forLocation(count));
        double scaleWeight = weight(StartedCount.forScale(count));
        double mean = memory[offset + MEAN];
        double remainder = memory[offset + REMAINDER];
        double distance = Transform.finite(value - mean - remainder);

        double step = remainder + weight * distance;
        double newMean = mean + step;
        memory[offset + COUNT] = count;
        memory[offset + MEAN] = newMean;
        memory[offset + REMAINDER] = step - (newMean - mean);
        double before = memory[offset + DEVIATION];
        memory[offset + DEVIATION] =
                weight == scaleWeight
                        ? deviation(before, distance, weight)
                        : startedDeviation(before, distance, weight, scaleWeight);

        double deviation = deviation(memory, offset);
        if (deviation == 0) {
            return 0;
        }
        double standardised = (1 - weight) * distance / deviation;
        return clipped(standardised);
    }

    /** Cut to the configured clip. */
    final float clipped(double scaled) {
        return (float) Math.max(-config.clip(), Math.min(config.clip(), scaled));
    }

    /**
     * The same where mean and deviation do not weigh the value alike, as they started from what is
     * usual: (1 - b) variance + b (1 - a) d d, with weight a for the mean and b for the variance. A
     * value that alone makes the mean tells nothing of the deviation.
     */
    private static double startedDeviation(
            double old, double distance, double weight, double scaleWeight) {
        if (weight == 1) {
            return old;
        }
        double magnitude = Math.abs(distance);
        double largest = Math.max(old, magnitude);
        if (largest == 0) {
            return 0;
        }
        double o = old / largest;
        double d = magnitude / largest;
        return largest * Math.sqrt((1 - scaleWeight) * o * o + scaleWeight * (1 - weight) * d * d);
    }

    /**
     * Lets the statistics of a column that has had no value start from what is usual.
     *
     * @param memory memory of the key, whose part from {@code offset} on is all 0
     */
    void start(Usual usual, double[] memory, int offset) {
        memory[offset + COUNT] = StartedCount.of(usual.locationEvents(), usual.scaleEvents());
        memory[offset + MEAN] = usual.locationEvents() > 0 ? usual.location() : 0;
        memory[offset + DEVIATION] = usual.scaleEvents() > 0 ? usual.scale() : 0;
    }

    /** The mean of a column, or what is in its place. */
    double location(double[] memory, int offset) {
        return memory[offset + MEAN];
    }

    /** The standard deviation of a column, or what is in its place; 0 if it is not known. */
    double scale(double[] memory, int offset) {
        return deviation(memory, offset);
    }

    private static double deviation(double old, double distance, double weight) {
        double magnitude = Math.abs(distance);
        double largest = Math.max(old, magnitude);
        if (largest == 0) {
            return 0;
        }
        // One of the two parts is 1: a division less.
        double part = Math.min(old, magnitude) / largest;
        double o = old < magnitude ? part : 1;
        double d = old < magnitude ? 1 : part;
        return largest * Math.sqrt((1 - weight) * (o * o + weight * d * d));
    }

    /**
     * The standard deviation so far; 0 while it is unknown and for a column that has not varied.
     */
    static double deviation(double[] memory, int offset) {
        return above0(memory[offset + DEVIATION], memory[offset + MEAN]);
    }

    /**
     * A spread, or 0 if it is only what is left of older values beside values around {@code level}.
     */
    static double above0(double spread, double level) {
        double least = Math.max(Double.MIN_NORMAL, FLAT * Math.abs(level));
        return spread < least ? 0 : spread;
    }

    /**
     * The exponentially weighted root mean square of changes; the n-th change has weight max(1/n,
     * rate).
     *
     * @param old what it was before this change
     * @param count changes so far, this one included, and what they started from
     */
    double changeScale(double old, double change, double count) {
        double weight = weight(StartedCount.forScale(count));
        double distance = Math.abs(Transform.finite(change));
        double largest = Math.max(old, distance);
        if (largest == 0) {
            return 0;
        }
        double o = old / largest;
        double d = distance / largest;
        return largest * Math.sqrt((1 - weight) * o * o + weight * d * d);
    }
}
