package org.cellstream.jobs.report;

import org.apache.flink.annotation.Internal;

/**
 * Sums of one key's errors over the scored events, those that have an error and a persistence
 * error.
 *
 * @param count how many events these are
 * @param absolute sum of |error|
 * @param squares sum of the squared errors
 * @param persistenceAbsolute sum of |persistence error|
 * @param persistenceSquares sum of the squared persistence errors
 * @param scale the key's unit: the standard deviation of its target, see {@link Score}; 0 if that
 *     never moves
 */
@Internal
public record KeyScore(
        long count,
        double absolute,
        double squares,
        double persistenceAbsolute,
        double persistenceSquares,
        double scale) {

    /** The sums over those events of a key whose times are scored. */
    public static KeyScore of(KeyErrors key, ScoredTimes times) {
        long count = 0;
        double absolute = 0;
        double squares = 0;
        double absolutePersistence = 0;
        double squaresPersistence = 0;
        for (int i = key.eventsThrough(times.after()); i < key.size(); i++) {
            double error = key.errors()[i];
            double persistenceError = key.persistenceErrors()[i];
            if (!Double.isNaN(error) && !Double.isNaN(persistenceError)) {
                count++;
                absolute += Math.abs(error);
                absolutePersistence += Math.abs(persistenceError);
                squares += error * error;
                squaresPersistence += persistenceError * persistenceError;
            }
        }
        double scale = scale(key, key.eventsThrough(times.throughFirstTenth()));
        return new KeyScore(
                count, absolute, squares, absolutePersistence, squaresPersistence, scale);
    }

    private static double scale(KeyErrors key, int inFirstTenth) {
        double deviation = key.targetDeviation(inFirstTenth);
        return deviation == 0 ? key.targetDeviation(key.size()) : deviation;
    }

    /** Whether there is something to score: events, and a target that moves. */
    public boolean isScored() {
        return count > 0 && scale > 0;
    }

    /** Mean absolute error, in the target's unit. */
    public double mae() {
        return absolute / count;
    }

    /** Root of the mean squared error, in the target's unit. */
    public double rmse() {
        return Math.sqrt(squares / count);
    }

    /** Mean absolute error of repeating the last value, in the target's unit. */
    public double persistenceMae() {
        return persistenceAbsolute / count;
    }

    /** Root of the mean squared error of repeating the last value, in the target's unit. */
    public double persistenceRmse() {
        return Math.sqrt(persistenceSquares / count);
    }

    /** 1 minus MAE over that of repeating the last value; NaN if that was always right. */
    public double maeSkill() {
        return persistenceAbsolute == 0 ? Double.NaN : 1 - absolute / persistenceAbsolute;
    }
}
