/**
 * The training operator: it takes in a keyed training stream, cuts it into windows, hands
 * minibatches of them to {@code learn} and publishes weights that held out.
 *
 * <p>Imports {@code learn}, {@code state} and what stands below them; never {@code inference}.
 * Everything runs on the operator's one thread, at parallelism 1.
 *
 * <p>Looks odd, on purpose: with weights by event time, or events in the order of their times, the
 * trainer sorts what it holds by time and then by the bytes of the key, so that the weights are a
 * function of the events, not of the order in which partitions happened to be read. A window that
 * started from zeros is known by its key having as many steps since its reset as the window has
 * rows: the memory's bytes need no mark for it. Keys' states are carried on by the weights that are
 * published, not by those that learn: what explodes never reaches a state, and a window starts
 * where it would have in the forecaster.
 */
@NullMarked
package org.cellstream.training;

import org.jspecify.annotations.NullMarked;
