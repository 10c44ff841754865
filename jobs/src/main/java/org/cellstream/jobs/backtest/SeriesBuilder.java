package org.cellstream.jobs.backtest;

import java.util.EnumMap;
import java.util.Map;
import org.cellstream.jobs.report.KeyErrors;

/**
 * Makes a {@link Series} of what a key's forecasts told.
 *
 * <p>The target of an event is the point forecast made for it plus the error told of that. The sum
 * is exact wherever the forecast is between half the target and twice of it (Sterbenz: the
 * difference was exact then), and within the last bit elsewhere.
 */
final class SeriesBuilder {

    private final KeyErrors own;
    private final double[] targets;
    private final Map<Method, KeyErrors> errors = new EnumMap<>(Method.class);

    /**
     * @param own errors of the job's forecasts
     * @param points the point forecast made at each event of the next one
     */
    SeriesBuilder(KeyErrors own, double[] points) {
        this.own = own;
        targets = targets(own, points);
        errors.put(Method.MIXTURE, own);
        errors.put(
                Method.LAST,
                new KeyErrors(own.times(), own.persistenceErrors(), own.persistenceErrors()));
    }

    private static double[] targets(KeyErrors own, double[] points) {
        double[] targets = new double[points.length];
        for (int i = 0; i < targets.length; i++) {
            double before = i == 0 ? Double.NaN : targets[i - 1];
            targets[i] = i == 0 ? Double.NaN : points[i - 1] + own.errors()[i];
            if (Double.isNaN(targets[i])) {
                targets[i] = before + own.persistenceErrors()[i];
            }
            if (i > 0 && Double.isNaN(before)) {
                targets[i - 1] = targets[i] - own.persistenceErrors()[i];
            }
        }
        return targets;
    }

    /**
     * Adds what an expert forecast at each event of the next one; NaN, where it could not say, is
     * the last value.
     */
    void expert(Method method, double[] forecasts) {
        double[] its = new double[targets.length];
        for (int i = 0; i < its.length; i++) {
            boolean said = i > 0 && !Double.isNaN(forecasts[i - 1]);
            its[i] = said ? targets[i] - forecasts[i - 1] : own.persistenceErrors()[i];
            if (Double.isNaN(own.errors()[i])) {
                its[i] = Double.NaN;
            }
        }
        errors.put(method, new KeyErrors(own.times(), its, own.persistenceErrors()));
    }

    /**
     * What was told and what follows from it.
     *
     * @param interval of each event
     * @param last makes intervals around the last value
     * @param anomalies of each event
     */
    Series build(String key, Band interval, PersistenceIntervals last, double[] anomalies) {
        return new Series(key, targets, errors, interval, last.of(targets), anomalies);
    }
}
