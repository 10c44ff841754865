package org.cellstream.jobs.backtest;

import java.util.EnumMap;
import java.util.Map;
import org.cellstream.jobs.report.KeyScore;

/**
 * How good each method was on one key.
 *
 * @param key its name
 * @param scores by method
 * @param size mean |target|
 * @param unit of MASE; NaN if the target never moves
 * @param interval how the job's intervals met the key's scored events
 * @param persistenceInterval the same of intervals around the last value
 */
record KeyResult(
        String key,
        Map<Method, KeyScore> scores,
        double size,
        double unit,
        IntervalTally interval,
        IntervalTally persistenceInterval) {

    KeyResult {
        scores = new EnumMap<>(scores);
    }

    KeyScore score(Method method) {
        KeyScore score = scores.get(method);
        if (score == null) {
            throw new IllegalArgumentException(method + " was not compared");
        }
        return score;
    }

    /** Skill of the job's forecasts; NaN if repeating the last value was always right. */
    double skill() {
        return score(Method.MIXTURE).maeSkill();
    }

    double mase(Method method) {
        return score(method).mae() / unit;
    }
}
