/**
 * How benchmarks measure and what they show: systems side by side in alternating rounds, medians,
 * spreads and ratios within a round, a table, a report and a chart.
 *
 * <p>Machines are shared and noisy, so a ratio is taken within each round, where both systems had
 * the same neighbours, and the median of those ratios counts; never the ratio of two medians.
 */
@NullMarked
package org.cellstream.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
