package org.cellstream.jobs.backtest;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.cellstream.jobs.report.KeyErrors;

/**
 * How large each method's errors were in the course of time: sums over parts of the times, each
 * key's errors in units of its own spread.
 */
final class Course {

    private static final int PARTS = 60;

    private final TimeParts parts;
    private final Map<Method, double[]> sums = new EnumMap<>(Method.class);

    Course(long[] distinctTimes, List<Method> methods) {
        parts = new TimeParts(distinctTimes, PARTS);
        methods.forEach(method -> sums.put(method, new double[parts.size()]));
    }

    /**
     * Adds a key.
     *
     * @param scale the key's spread; above 0
     */
    void add(Method method, KeyErrors errors, double scale) {
        double[] sum = sums.get(method);
        for (int i = 0; sum != null && i < errors.times().length; i++) {
            double error = errors.errors()[i];
            if (!Double.isNaN(error)) {
                sum[parts.of(errors.times()[i])] += Math.abs(error) / scale;
            }
        }
    }

    /** Last time of each part, epoch milliseconds. */
    double[] times() {
        double[] times = new double[parts.size()];
        Arrays.setAll(times, parts::lastTime);
        return times;
    }

    /** Errors of a method over those of repeating the last value; NaN where that made none. */
    double[] ratios(Method method) {
        double[] nothing = new double[parts.size()];
        double[] own = sums.getOrDefault(method, nothing);
        double[] last = sums.getOrDefault(Method.LAST, nothing);
        double[] ratios = new double[parts.size()];
        Arrays.setAll(ratios, i -> last[i] > 0 ? own[i] / last[i] : Double.NaN);
        return ratios;
    }
}
