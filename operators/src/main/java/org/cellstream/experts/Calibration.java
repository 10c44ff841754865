package org.cellstream.experts;

/**
 * How large the errors of one key's forecasts are: the interval around the next forecast, and how
 * likely an error was. Errors are taken in units of their running mean, so that what is tracked
 * hardly changes where their size does.
 *
 * <p><b>Interval</b>: conformal, its half width being a tracked quantile q of these scores. Each
 * event moves ln q by g times (1 if it was missed, else 0) - (1 - coverage). So whatever the errors
 * do, the part of the last T targets that was missed differs from 1 - coverage by |ln(q at their
 * end / q at their beginning)| / (g T) while q is within its range.
 *
 * <p><b>Anomaly score</b>: the part of errors that are at least as large, by a Weibull distribution
 * through the 0.9 and 0.99 quantiles of the scores, which are tracked in the same way.
 *
 * @see <a href="https://arxiv.org/abs/2106.00170">Gibbs and Candès 2021</a>: adaptive conformal
 *     inference; here with the quantile itself moved in place of its level
 */
final class Calibration {

    /** Doubles of one key. */
    static final int SIZE = 5;

    private static final int ERRORS = 0;
    private static final int MEAN = 1;
    private static final int QUANTILES = 2;

    /** Errors before there is an interval and a score. */
    private static final int FEW = 10;

    /** Weight of a new error in their mean, once 1/n has fallen to it. */
    private static final double RATE = 0.02;

    private static final double OF_HIGH = 0.9;
    private static final double OF_TOP = 0.99;
    private static final double LN_ABOVE_HIGH = StrictMath.log(1 - OF_HIGH);
    private static final double LN_2 = StrictMath.log(2);

    /** The top quantile is at least so far above the high one, as a factor. */
    private static final double LEAST_TAIL = 1.05;

    /** The score of an error that nothing explains: the key has never erred before. */
    private static final double LEAST = Double.MIN_NORMAL;

    private final int at;
    private final boolean on;
    private final TrackedQuantile cover;
    private final TrackedQuantile high;
    private final TrackedQuantile top;

    private boolean judged;
    private boolean covered;
    private double anomaly = Double.NaN;

    /**
     * @param coverage 0 for neither interval nor score
     * @param at where the doubles of a key are
     */
    Calibration(double coverage, int at) {
        this.at = at;
        this.on = coverage > 0;
        this.cover = new TrackedQuantile(on ? coverage : OF_HIGH, at + QUANTILES);
        this.high = new TrackedQuantile(OF_HIGH, at + QUANTILES + 1);
        this.top = new TrackedQuantile(OF_TOP, at + QUANTILES + 2);
    }

    /** Sets the numbers of a key never seen. */
    void start(double[] memory) {
        cover.start(memory);
        high.start(memory);
        top.start(memory);
    }

    /** Mean size of a key's errors of late; 0 while unknown. */
    double mean(double[] memory) {
        return memory[at + MEAN];
    }

    /** How many errors there have been. */
    double errors(double[] memory) {
        return memory[at + ERRORS];
    }

    /** There is no error at the event at hand. */
    void passOver() {
        judged = false;
        covered = false;
        anomaly = Double.NaN;
    }

    /**
     * Takes in the error at the event at hand.
     *
     * @param change mean change of the key: errors of that size are never cut
     */
    void meet(double[] memory, double error, double change) {
        passOver();
        double size = Math.abs(error);
        double count = memory[at + ERRORS];
        double mean = memory[at + MEAN];
        if (on && count >= FEW) {
            judged = true;
            covered = size <= cover.of(memory) * mean;
            anomaly = tail(memory, size, mean);
        }
        if (on && count > 0 && (size > 0 || mean > 0)) { // else there is no score
            cover.meet(memory, size > cover.of(memory) * mean);
            high.meet(memory, size > high.of(memory) * mean);
            top.meet(memory, size > top.of(memory) * mean);
        }
        double weight = Math.max(1 / (count + 1), RATE);
        double most = Math.max(RunningSize.most(mean, count), change);
        memory[at + MEAN] = RunningSize.next(mean, Math.min(size, most), weight);
        memory[at + ERRORS] = count + 1;
    }

    /** 0.1^((score / high)^k), with k such that it is 0.01 at the top. */
    private double tail(double[] memory, double size, double mean) {
        if (size == 0) {
            return 1;
        }
        double ofHigh = high.of(memory);
        double ofTop = Math.max(top.of(memory), LEAST_TAIL * ofHigh);
        double shape = LN_2 / StrictMath.log(ofTop / ofHigh);
        // Not StrictMath.pow, which allocates.
        double power = StrictMath.exp(shape * StrictMath.log(size / (mean * ofHigh)));
        return Math.max(LEAST, StrictMath.exp(LN_ABOVE_HIGH * power));
    }

    /** Whether there was an interval for the event at hand, and an error. */
    boolean judged() {
        return judged;
    }

    /** Whether the target of the event at hand was in its interval. */
    boolean covered() {
        return covered;
    }

    /** How likely an error as large as that at the event at hand was; NaN if it is not known. */
    double anomaly() {
        return anomaly;
    }

    /** Half the width of the interval of the next forecast; NaN if it is not known. */
    double halfWidth(double[] memory) {
        boolean known = on && memory[at + ERRORS] >= FEW;
        return known ? cover.of(memory) * memory[at + MEAN] : Double.NaN;
    }
}
