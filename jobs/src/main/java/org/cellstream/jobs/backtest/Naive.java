package org.cellstream.jobs.backtest;

/**
 * The unit of MASE: the mean absolute error, over the first tenth, of repeating the value of a
 * season before, or the last value where there is no season.
 *
 * @see <a href="https://doi.org/10.1016/j.ijforecast.2006.03.001">Hyndman and Koehler 2006</a>,
 *     whose in-sample part is the first tenth here
 */
final class Naive {

    private Naive() {}

    /**
     * The unit of one key. Where its first tenth is too short, or never moves, all its events
     * count.
     *
     * @param targets of the key
     * @param inFirstTenth how many of them are in the first tenth
     * @param season in events; 0 for none
     * @return NaN if the target never moves
     */
    static double unit(double[] targets, int inFirstTenth, int season) {
        int lag = Math.max(1, season);
        double first = meanChange(targets, inFirstTenth, lag);
        double unit = first > 0 ? first : meanChange(targets, targets.length, lag);
        return unit > 0 ? unit : Double.NaN;
    }

    private static double meanChange(double[] targets, int count, int lag) {
        double sum = 0;
        int changes = 0;
        for (int i = lag; i < count; i++) {
            double change = Math.abs(targets[i] - targets[i - lag]);
            if (!Double.isNaN(change)) {
                sum += change;
                changes++;
            }
        }
        return changes == 0 ? 0 : sum / changes;
    }
}
