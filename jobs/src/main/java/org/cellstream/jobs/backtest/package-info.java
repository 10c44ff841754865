/**
 * Backtests: the rows of a file, in their order, through the operators of a live job, and how good
 * the mixture of forecasts, the network and each simple method were on the same events.
 *
 * <p>May import the facade, {@code event}, {@code config}, {@code embedded}, {@code plot}, {@code
 * report}, {@code replay}'s files and forecasts, and {@code jobs.kafka}'s decoding; no Kafka. One
 * thread, but for the job's own.
 *
 * <p>Looks odd, on purpose:
 *
 * <ul>
 *   <li>No Kafka, unlike a replay: the same rows become the same events, under the same watermarks,
 *       and the forecasts are the same to the last bit, which a test shows. Nothing can be resumed,
 *       so there are no checkpoints.
 *   <li>Simple methods are not computed here. The operators tell what each of them forecasts; a
 *       backtest that had its own would compare something else than what live jobs mix.
 *   <li>A method that cannot say anything yet counts with the last value in its place, as an event
 *       that one method is spared and another is not would make them incomparable.
 * </ul>
 */
@NullMarked
package org.cellstream.jobs.backtest;

import org.jspecify.annotations.NullMarked;
