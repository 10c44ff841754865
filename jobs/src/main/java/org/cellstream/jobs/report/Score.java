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
 * target that does not move there, takes that of all its events: two events that happen to be close
 * would make the errors of one share that came late weigh as much as those of a hundred others. A
 * key whose target never moves has nothing to be scored on and is left out. {@code rmseSkill} is
 * the same with the root of the mean squared error.
 *
 * @param mae mean absolute error over all scored forecasts, in the unit of the target after its
 *     transforms, not divided
 * @param persistenceMae the same of repeating the last value
 * @param maeSkill see above; NaN if nothing was scored
 * @param rmseSkill see above; NaN if nothing was scored
 */
@Internal
public record Score(double mae, double persistenceMae, double maeSkill, double rmseSkill) {

    /** The score of these keys; {@code distinctTimes} are all event times, ascending, each once. */
    public static Score of(Iterable<KeyErrors> keys, long[] distinctTimes) {
        return of(keys, ScoredTimes.last90(distinctTimes));
    }

    /** The same over other times. */
    public static Score of(Iterable<KeyErrors> keys, ScoredTimes times) {
        Sums sums = new Sums();
        for (KeyErrors key : keys) {
            sums.add(KeyScore.of(key, times));
        }
        return sums.score();
    }

    /** The score of keys whose errors were summed before. */
    public static Score ofSummed(Iterable<KeyScore> keys) {
        Sums sums = new Sums();
        keys.forEach(sums::add);
        return sums.score();
    }

    private static final class Sums {
        private long scored;
        private double errors;
        private double persistence;
        private double scaledMae;
        private double scaledPersistenceMae;
        private double scaledRmse;
        private double scaledPersistenceRmse;

        void add(KeyScore key) {
            if (!key.isScored()) {
                return;
            }
            scored += key.count();
            errors += key.absolute();
            persistence += key.persistenceAbsolute();
            scaledMae += key.mae() / key.scale();
            scaledPersistenceMae += key.persistenceMae() / key.scale();
            scaledRmse += key.rmse() / key.scale();
            scaledPersistenceRmse += key.persistenceRmse() / key.scale();
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
