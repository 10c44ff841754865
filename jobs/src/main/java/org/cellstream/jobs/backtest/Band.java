package org.cellstream.jobs.backtest;

/**
 * Intervals for the events of one key.
 *
 * @param low their lower ends; NaN where there is none
 * @param high as many upper ends
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
record Band(double[] low, double[] high) {

    /** What was said at each event of the next one, as what is known of each event. */
    Band next() {
        return new Band(next(low), next(high));
    }

    /** The same of one number; NaN at the first event. */
    private static double[] next(double[] values) {
        double[] later = new double[values.length];
        if (later.length > 0) {
            later[0] = Double.NaN;
            System.arraycopy(values, 0, later, 1, values.length - 1);
        }
        return later;
    }
}
