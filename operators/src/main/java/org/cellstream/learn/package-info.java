/**
 * Truncated backpropagation through time and optimisers: minibatches of windows in, better weights
 * out.
 *
 * <p>Imports {@code nn}, {@code loss} and {@code config}, and ND4J, which no other package does; no
 * Flink. No {@code INDArray} leaves this package: outside are records and flat row-major arrays. A
 * {@link org.cellstream.learn.Learner} belongs to one thread and holds memory outside the Java
 * heap, which {@code close} gives back.
 *
 * <p>The forward pass is {@code nn}'s own, so that what learns is what serves; but while learning a
 * dropout's masks are drawn, and the state that a window hands to the next comes from such a pass.
 * Products of matrices and optimisers run on ND4J. All sums that decide something (loss, norm) are
 * plain loops, in double and in one order: ND4J's reductions change their last bits with the number
 * of threads.
 *
 * <p>Looks odd, on purpose:
 *
 * <ul>
 *   <li>A {@link org.cellstream.learn.Matrix} is seen twice, as an ND4J array and as a buffer that
 *       Java reads and writes: an ND4J call costs several microseconds, so the gates' derivatives,
 *       a dozen operations per step, are one Java loop. It computes in double whatever is stored.
 *   <li>Memory outside the heap is JavaCPP's, with ND4J's arrays laid over it: what ND4J allocates
 *       itself comes back through the garbage collector alone, even after {@code INDArray.close}.
 *       An ND4J call still leaves some tens of bytes to the collector, a minibatch about a KiB.
 *   <li>Shapes are rounded up to the next power of two of rows, the surplus rows being zeros of
 *       weight 0: arrays are made once for a handful of shapes instead of once for each.
 *   <li>Adam's epsilon is set anew before every step: ND4J adds it to the root of the raw second
 *       moment, PyTorch (and the paper) to that of the corrected one.
 * </ul>
 */
@NullMarked
package org.cellstream.learn;

import org.jspecify.annotations.NullMarked;
