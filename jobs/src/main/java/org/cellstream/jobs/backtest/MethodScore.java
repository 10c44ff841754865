package org.cellstream.jobs.backtest;

/**
 * How good one method was over all keys.
 *
 * @param mae mean absolute error over all scored events, in the target's unit
 * @param rmse root of the mean squared error over the same, in the target's unit
 * @param mase mean over keys of MAE in units of {@link Naive}
 * @param maeSkill see {@link org.cellstream.jobs.report.Score}
 * @param rmseSkill the same with the root of the mean squared error
 */
record MethodScore(double mae, double rmse, double mase, double maeSkill, double rmseSkill) {}
