package org.cellstream.training;

/**
 * Finds that errors have become larger than they were: Page's test of a sum of what is beyond the
 * mean. Errors are counted in their own running standard deviations, so that the same limits fit
 * any stream, and each counts for {@link #MOST} at most, so that one outlier is no drift.
 *
 * @see <a href="https://doi.org/10.1093/biomet/41.1-2.100">Page 1954</a>: the test; with a running
 *     mean in place of a known one it is called Page and Hinkley's
 */
final class DriftDetector {

    /** Errors of which mean and deviation are made before any drift is looked for. */
    static final int FIRST = 30;

    /** Minibatches after a drift over which the learning rate falls back. */
    static final int BOOSTED = 100;

    /** What an error may be beyond the mean without counting. */
    private static final double TOLERANCE = 0.5;

    /** Where the sum's rise from its least value says that there is drift. */
    private static final double LIMIT = 12;

    private static final double MOST = 4;

    private final double boost;
    private DriftState state;
    private double statistic;
    private double before;
    private double deviation;

    /**
     * @param boost what the learning rate is multiplied by right after a drift
     */
    DriftDetector(double boost, DriftState restored) {
        this.boost = boost;
        this.state = restored;
        this.statistic = restored.sum() - restored.least();
    }

    DriftState state() {
        return state;
    }

    /** Takes the error on one more minibatch in; what is no number is passed over. */
    boolean drifts(double error) {
        int boosted = Math.max(0, state.boosted() - 1);
        if (!Double.isFinite(error)) {
            state = counted(state.count(), state.mean(), state.squares(), state.sum(), boosted);
            return false;
        }
        deviation = Math.sqrt(state.squares() / Math.max(1, state.count()));
        double beyond = error - state.mean();
        double sum = state.sum();
        if (state.count() >= FIRST && deviation > 0) {
            sum += Math.max(-MOST, Math.min(MOST, beyond / deviation)) - TOLERANCE;
        }
        before = state.mean();
        long count = state.count() + 1;
        double mean = state.mean() + beyond / count;
        double squares = state.squares() + beyond * (error - mean);
        state = counted(count, mean, squares, sum, boosted);
        statistic = state.sum() - state.least();
        if (statistic <= LIMIT) {
            return false;
        }
        state = new DriftState(0, 0, 0, 0, 0, state.drifts() + 1, BOOSTED);
        return true;
    }

    private DriftState counted(long count, double mean, double squares, double sum, int boosted) {
        return new DriftState(
                count, mean, squares, sum, Math.min(state.least(), sum), state.drifts(), boosted);
    }

    /** What the learning rate is multiplied by: raised after a drift, falling back in a line. */
    double boost() {
        return 1 + (boost - 1) * state.boosted() / BOOSTED;
    }

    /** The test's statistic at the last error. */
    double statistic() {
        return statistic;
    }

    /** The mean of the errors before the last one. */
    double before() {
        return before;
    }

    /** Their standard deviation. */
    double deviation() {
        return deviation;
    }
}
