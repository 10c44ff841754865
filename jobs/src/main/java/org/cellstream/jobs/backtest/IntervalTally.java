package org.cellstream.jobs.backtest;

/** Counts how intervals met what they were about. */
final class IntervalTally {

    private static final double MEDIAN = 0.5;

    private final double coverage;
    private long count;
    private long covered;
    private double width;
    private double pinball;

    /**
     * @param coverage share of events that an interval is to hold
     */
    IntervalTally(double coverage) {
        this.coverage = coverage;
    }

    /** Counts one event, unless one of its ends is unknown. */
    void add(double target, double low, double high, double point) {
        if (Double.isNaN(low + high + target + point)) {
            return;
        }
        count++;
        covered += target >= low && target <= high ? 1 : 0;
        width += high - low;
        double tail = (1 - coverage) / 2;
        pinball +=
                (pinball(target, low, tail)
                                + pinball(target, point, MEDIAN)
                                + pinball(target, high, 1 - tail))
                        / 3;
    }

    /**
     * The pinball loss of a forecast of a quantile.
     *
     * @see <a href="https://doi.org/10.2307/1913643">Koenker and Bassett 1978</a>
     */
    static double pinball(double target, double quantile, double level) {
        return target >= quantile ? level * (target - quantile) : (1 - level) * (quantile - target);
    }

    /** Adds what another one of the same coverage has counted. */
    void add(IntervalTally other) {
        count += other.count;
        covered += other.covered;
        width += other.width;
        pinball += other.pinball;
    }

    /** Events with an interval. */
    long count() {
        return count;
    }

    /** Share of events that were inside; NaN without any. */
    double coverage() {
        return (double) covered / count;
    }

    /** In the target's unit; NaN without any. */
    double meanWidth() {
        return width / count;
    }

    /**
     * Mean pinball loss of both ends and of the point forecast as the median, in the target's unit;
     * NaN without any.
     */
    double pinball() {
        return pinball / count;
    }
}
