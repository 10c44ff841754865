package org.cellstream.jobs.backtest;

/**
 * Whether intervals hold what they promise.
 *
 * @param coverage what is promised: share of events that an interval holds
 * @param tenths share that it held in each tenth of the times; NaN where there was none
 * @param levels other promises, rising
 * @param held what intervals with those promises would have held, by the anomaly scores: a score
 *     above 1 minus the promise is an event inside; NaN if there are no scores
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
record Reliability(double coverage, double[] tenths, double[] levels, double[] held) {

    static final int TENTHS = 10;
}
