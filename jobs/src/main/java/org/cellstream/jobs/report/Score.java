package org.cellstream.jobs.report;

import org.apache.flink.annotation.Internal;

/**
 * How good the forecasts of a set of keys were on its last 90%: the event times after the first
 * tenth of the distinct event times. That first tenth is the first {@code n / 10}, rounded down, of
 * the {@code n} distinct times in order.
 *
 * <p>{@code maeSkill} is 1 minus (the sum over keys of MAE) / (the sum over keys of the MAE of
 * repeating the last value), where each key's errors are divided by the standard deviation of its
 * target in the first tenth, so that no key counts more because its numbers are larger. The
 * deviation is that of the whole, not of a sample. A key that has fewer than two events there, or a
 * target that does not move there, takes its own first tenth (rounded up, at least two events), and
 * if the target does not move there either, all its events. A key whose target never moves has
 * nothing to be scored on and is left out. {@code rmseSkill} is the same with the root of the mean
 * squared error.
 *
 * @param mae mean absolute error over all scored forecasts, in the unit of the target after its
 *     transforms, not divided
 * @param persistenceMae the same of repeating the last value
 * @param maeSkill see above; NaN if nothing was scored
 * @param rmseSkill see above; NaN if nothing was scored
 */
@Internal
public record Score(double mae, double persistenceMae, double maeSkill, double rmseSkill) {

    private static final int TENTH = 10;

    /** The score of these keys; {@code distinctTimes} are all event times, ascending, each once. */
    public static Score of(Iterable<KeyErrors> keys, long[] distinctTimes) {
        int tenth = distinctTimes.length / TENTH;
        long last = tenth == 0 ? Long.MIN_VALUE : distinctTimes[tenth - 1];
        Sums sums = new Sums();
        for (KeyErrors key : keys) {
            sums.add(key, last);
        }
        return sums.score();
    }

    private static double scale(KeyErrors key, int inFirstTenth) {
        double deviation = key.targetDeviation(inFirstTenth);
        if (deviation == 0) {
            deviation =
                    key.targetDeviation(
                            Math.min(key.size(), Math.max(2, (key.size() + TENTH - 1) / TENTH)));
        }
        return deviation == 0 ? key.targetDeviation(key.size()) : deviation;
    }

    private static final class Sums {
        private long scored;
        private double errors;
        private double persistence;
        private double scaledMae;
        private double scaledPersistenceMae;
        private double scaledRmse;
        private double scaledPersistenceRmse;

        void add(KeyErrors key, long lastOfFirstTenth) {
            int first = key.eventsThrough(lastOfFirstTenth);
            double scale = scale(key, first);
            long count = 0;
            double absolute = 0;
            double absolutePersistence = 0;
            double squares = 0;
            double squaresPersistence = 0;
            for (int i = first; i < key.size(); i++) {
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
            if (count == 0 || scale == 0) {
                return;
            }
            scored += count;
            errors += absolute;
            persistence += absolutePersistence;
            scaledMae += absolute / count / scale;
            scaledPersistenceMae += absolutePersistence / count / scale;
            scaledRmse += Math.sqrt(squares / count) / scale;
            scaledPersistenceRmse += Math.sqrt(squaresPersistence / count) / scale;
        }

        Score score() {
            return new Score(
                    errors / scored,
                    persistence / scored,
                    1 - scaledMae / scaledPersistenceMae,
                    1 - scaledRmse / scaledPersistenceRmse);
        }
    }
}
