package org.cellstream.jobs.report;

import org.apache.flink.annotation.Internal;

/**
 * Skill of forecasts as they come: 1 minus the sum of |error| over the sum of |persistence error|,
 * over all forecasts seen, those of the first seconds and of weights that had learned nothing
 * included; and the same over the last seconds. Every forecast counts the same, whatever its key. A
 * forecast's error is that of the forecast made for its event, so nothing is scored on what it
 * learned from. Forecasts without errors (a key's first) do not count.
 */
@Internal
public final class LiveSkill {

    private final double[] errors;
    private final double[] persistence;
    private long second;
    private double allErrors;
    private double allPersistence;

    /**
     * @param seconds how far back the recent skill reaches, the running second included
     */
    public LiveSkill(int seconds) {
        errors = new double[seconds];
        persistence = new double[seconds];
    }

    /**
     * Counts a forecast.
     *
     * @param now seconds on a clock that does not go back
     */
    public void add(long now, double error, double persistenceError) {
        if (Double.isNaN(error) || Double.isNaN(persistenceError)) {
            return;
        }
        turnTo(now);
        int slot = Math.floorMod(now, errors.length);
        errors[slot] += Math.abs(error);
        persistence[slot] += Math.abs(persistenceError);
        allErrors += Math.abs(error);
        allPersistence += Math.abs(persistenceError);
    }

    /** Empties the slots of seconds that passed since the last forecast. */
    private void turnTo(long now) {
        long from = Math.max(second + 1, now - errors.length + 1);
        for (long passed = from; passed <= now; passed++) {
            int slot = Math.floorMod(passed, errors.length);
            errors[slot] = 0;
            persistence[slot] = 0;
        }
        second = Math.max(second, now);
    }

    /** Skill over the last seconds; NaN while nothing was seen in them. */
    public double recent(long now) {
        turnTo(now);
        double recentErrors = 0;
        double recentPersistence = 0;
        for (int i = 0; i < errors.length; i++) {
            recentErrors += errors[i];
            recentPersistence += persistence[i];
        }
        return skill(recentErrors, recentPersistence);
    }

    /** Skill over all; NaN while nothing was seen. */
    public double overall() {
        return skill(allErrors, allPersistence);
    }

    private static double skill(double errors, double persistence) {
        return persistence == 0 ? Double.NaN : 1 - errors / persistence;
    }
}
