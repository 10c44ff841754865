package org.cellstream.benchmarks.measure;

import java.util.List;

/**
 * Some measurements of one thing.
 *
 * @param low a quarter of them is below
 * @param median the middle one
 * @param high a quarter of them is above
 * @param count how many there are
 */
public record Spread(double low, double median, double high, int count) {

    private static final double QUARTER = 0.25;
    private static final double HUNDRED = 100;

    /**
     * What some measurements come to.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Spread of(List<Double> measurements) {
        double[] sorted = measurements.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Spread(
                at(sorted, QUARTER),
                Medians.of(measurements),
                at(sorted, 1 - QUARTER),
                sorted.length);
    }

    /** How far apart the quarters are, in percent of the median. */
    public double percent() {
        return HUNDRED * (high - low) / median;
    }

    /** Whether there are enough of them to lie apart. */
    public boolean known() {
        return count > 1;
    }

    private static double at(double[] sorted, double part) {
        return sorted[(int) Math.round(part * (sorted.length - 1))];
    }
}
