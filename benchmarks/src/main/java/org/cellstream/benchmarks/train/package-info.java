/**
 * {@code benchmarks/run train}: what it costs to learn from one truncated window, forward, backward
 * and Adam, beside the libraries that a user could pick instead.
 *
 * <p>The network is {@code lstm(h) dense(1)} over 8 inputs, the loss the mean squared error at
 * every step. A sample is one time step of one window.
 */
@NullMarked
package org.cellstream.benchmarks.train;

import org.jspecify.annotations.NullMarked;
