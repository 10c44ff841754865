package org.cellstream.jobs.backtest;

import java.util.List;
import java.util.Map;
import org.cellstream.jobs.replay.RowCounts;
import org.cellstream.jobs.report.ScoredTimes;

/**
 * What came out of one run.
 *
 * @param seed of its first weights
 * @param methods those that were compared, in the order of tables
 * @param scores of each of them
 * @param keys how good each was on each key, keys in the order of their names
 * @param intervals how intervals met the scored events
 * @param course errors in the course of time
 * @param chosen keys that are drawn
 * @param facts counts of rows and forecasts, and what else there is to say of the run
 */
record BacktestResult(
        long seed,
        List<Method> methods,
        Map<Method, MethodScore> scores,
        List<KeyResult> keys,
        Intervals intervals,
        Course course,
        List<Series> chosen,
        Facts facts) {

    BacktestResult {
        methods = List.copyOf(methods);
        keys = List.copyOf(keys);
        chosen = List.copyOf(chosen);
    }

    /**
     * How intervals met the scored events.
     *
     * @param own those of the job
     * @param persistence those around the last value
     * @param reliability of the job's own
     */
    record Intervals(IntervalTally own, IntervalTally persistence, Reliability reliability) {}

    /**
     * A run beside its scores.
     *
     * @param rows what became of the rows
     * @param forecasts that they led to, each key and step once
     * @param duplicates others of the same key and step
     * @param scored which times the scores are about
     * @param lastTime the last event time
     * @param weights numbers of the first and the last weights that made a forecast
     * @param hash SHA-256 of all forecasts
     * @param seconds from the start of the job to its end
     */
    record Facts(
            RowCounts rows,
            long forecasts,
            long duplicates,
            ScoredTimes scored,
            long lastTime,
            Weights weights,
            String hash,
            double seconds) {}

    /** Numbers of the first and the last weights that made a forecast. */
    record Weights(long first, long last) {}

    MethodScore score(Method method) {
        MethodScore score = scores.get(method);
        if (score == null) {
            throw new IllegalArgumentException(method + " was not compared");
        }
        return score;
    }

    /** Skill of the job's own forecasts. */
    double skill() {
        return score(Method.MIXTURE).maeSkill();
    }
}
