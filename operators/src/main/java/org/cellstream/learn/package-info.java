/**
 * Truncated backpropagation through time and optimisers: minibatches of windows in, better weights
 * out.
 *
 * <p>Imports {@code nn}, {@code loss} and {@code config}, and ND4J, which no other package does; no
 * Flink. No {@code INDArray} leaves this package: outside are records and flat row-major arrays. A
 * {@link org.cellstream.learn.Learner} belongs to one thread and may hold memory outside the Java
 * heap, which {@code close} gives back.
 *
 * <p>The forward pass is {@code nn}'s own, so that what learns is what serves; but while learning a
 * dropout's masks are drawn, and the state that a window hands to the next comes from such a pass.
 * Products of matrices, the way back through an LSTM's cells and Adam run on {@code nn}'s kernels
 * over arrays, the other optimisers on ND4J. All sums that decide something (loss, norm) are plain
 * loops, in double and in one order: ND4J's reductions change their last bits with the number of
 * threads.
 *
 * <p>Looks odd, on purpose:
 *
 * <ul>
 *   <li>A {@link org.cellstream.learn.Matrix} comes in two precisions. Jobs learn in the single
 *       one, an array that shares what the forward pass kept. The double one, on ND4J, is there for
 *       tests: it shows that the equations are right, beyond the rounding of floats.
 *   <li>The gradients of an LSTM's sums overwrite its gates, which nobody reads again: a minibatch
 *       of 400 windows over 256 units has 32 MiB of each, and memory is what they would wait for.
 *   <li>Weights on the right of a product are packed by {@link org.cellstream.learn.Factor#load}
 *       once in a backward pass, for all time steps.
 *   <li>ND4J's optimisers work on copies outside the heap, in memory of JavaCPP: what ND4J
 *       allocates itself comes back through the garbage collector alone, even after {@code
 *       INDArray.close}.
 *   <li>Shapes are rounded up to the next power of two of rows, the surplus rows being zeros of
 *       weight 0: arrays are made once for a handful of shapes instead of once for each.
 * </ul>
 */
@NullMarked
package org.cellstream.learn;

import org.jspecify.annotations.NullMarked;
