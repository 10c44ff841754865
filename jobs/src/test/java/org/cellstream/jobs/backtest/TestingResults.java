package org.cellstream.jobs.backtest;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.cellstream.jobs.replay.RowCounts;
import org.cellstream.jobs.report.KeyErrors;
import org.cellstream.jobs.report.ScoredTimes;

/** Results of runs that never were, whose errors are known. */
final class TestingResults {

    private static final int EVENTS = 40;
    private static final long DAY_MILLIS = 86_400_000;

    private TestingResults() {}

    /**
     * Of two keys whose targets go up and down by 1, so that the skill of forecasts that are off by
     * {@code error} is 1 minus that.
     */
    static BacktestResult of(long seed, double error) {
        long[] times = LongStream.range(0, EVENTS).map(day -> day * DAY_MILLIS).toArray();
        ScoredTimes scored = ScoredTimes.last90(times);
        Comparison comparison =
                new Comparison(
                        List.of(Method.MIXTURE, Method.NETWORK, Method.LAST),
                        times,
                        new Comparison.Terms(scored, 0, 0.9));
        List<Series> keys = List.of(series("a", times, error), series("<b> & \"c\"", times, error));
        keys.forEach(comparison::add);
        return new BacktestResult(
                seed,
                comparison.methods(),
                comparison.scores(),
                comparison.keys(),
                new BacktestResult.Intervals(
                        comparison.interval(),
                        comparison.persistenceInterval(),
                        comparison.reliability()),
                comparison.course(),
                keys,
                new BacktestResult.Facts(
                        new RowCounts(2 * EVENTS + 3, Map.of(), 3),
                        2 * EVENTS,
                        0,
                        scored,
                        times[EVENTS - 1],
                        new BacktestResult.Weights(0, 7),
                        "0123",
                        2));
    }

    private static Series series(String key, long[] times, double error) {
        double[] targets = new double[EVENTS];
        double[] persistence = new double[EVENTS];
        double[] errors = new double[EVENTS];
        double[] low = new double[EVENTS];
        double[] high = new double[EVENTS];
        double[] anomalies = new double[EVENTS];
        for (int i = 0; i < EVENTS; i++) {
            targets[i] = i % 2;
            persistence[i] = i == 0 ? Double.NaN : i % 2 == 0 ? -1 : 1;
            errors[i] = i == 0 ? Double.NaN : error;
            low[i] = targets[i] - 2;
            high[i] = i % 10 == 9 ? low[i] : targets[i] + 2;
            anomalies[i] = (i + 1.0) / EVENTS;
        }
        Map<Method, KeyErrors> all = new EnumMap<>(Method.class);
        all.put(Method.MIXTURE, new KeyErrors(times, errors, persistence));
        all.put(Method.NETWORK, new KeyErrors(times, errors, persistence));
        all.put(Method.LAST, new KeyErrors(times, persistence, persistence));
        Band band = new Band(low, high);
        return new Series(key, targets, all, band, band, anomalies);
    }
}
