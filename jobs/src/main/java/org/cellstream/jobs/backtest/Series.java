package org.cellstream.jobs.backtest;

import java.util.Map;
import org.cellstream.jobs.report.KeyErrors;

/**
 * One key's events in order of step, and how each method met them.
 *
 * @param key its name
 * @param targets target of each event, in its unit after its transforms; NaN where unknown
 * @param errors by method: target minus forecast, times and persistence errors the same for all
 * @param interval what was said before each event of its target
 * @param persistenceInterval the same by intervals around the last value
 * @param anomalies tail probability of each event's error; NaN where unknown
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
record Series(
        String key,
        double[] targets,
        Map<Method, KeyErrors> errors,
        Band interval,
        Band persistenceInterval,
        double[] anomalies) {

    /** Errors of a method that is compared. */
    KeyErrors errors(Method method) {
        KeyErrors its = errors.get(method);
        if (its == null) {
            throw new IllegalArgumentException(method + " is not compared");
        }
        return its;
    }

    /** Errors of what the job forecast. */
    KeyErrors mixture() {
        return errors(Method.MIXTURE);
    }

    /** What the job forecast of an event. */
    double forecast(int event) {
        return targets[event] - mixture().errors()[event];
    }

    int size() {
        return targets.length;
    }
}
