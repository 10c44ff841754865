/**
 * {@code benchmarks/run step}: what one time step of a recurrent layer costs, beside every library
 * that a user could pick instead, and beside what the machine could do at most.
 *
 * <p>The network is the layer alone, {@code lstm(h)} or {@code gru(h)}, the same for all systems,
 * so that nobody pays for something beside it. Each call goes on from the state of the last one.
 */
@NullMarked
package org.cellstream.benchmarks.step;

import org.jspecify.annotations.NullMarked;
