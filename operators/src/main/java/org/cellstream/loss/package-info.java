/**
 * Losses: what a network's outputs mean. One object says what learning makes small, with its
 * gradient, and what a forecast made of the same outputs holds, so that the two cannot disagree.
 *
 * <p>Imports {@code config} only; no Flink, no ND4J, so that {@code learn} and {@code inference}
 * can both use it. All objects are immutable.
 *
 * <p>Looks odd, on purpose:
 *
 * <ul>
 *   <li>All is in double and by {@code StrictMath}, in one order: forecasts have the same bits on
 *       any machine.
 *   <li>Scales and degrees of freedom have a floor beside softplus, which alone would reach 0: so
 *       outputs of any size have a finite loss.
 * </ul>
 */
@NullMarked
package org.cellstream.loss;

import org.jspecify.annotations.NullMarked;
