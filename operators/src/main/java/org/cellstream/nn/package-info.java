/**
 * Recurrent networks on flat {@code float[]}: what a network is, how its weights lie in memory, and
 * the forward step.
 *
 * <p>Imports nothing but the JDK: no Flink, no ND4J. Records are immutable and may be shared
 * between threads; a {@link org.cellstream.nn.Stepper} owns scratch memory and belongs to one
 * thread.
 *
 * <p>Looks odd, on purpose: every sum runs in one fixed order with fused multiply-adds, never as a
 * lane reduction, so that a result is the same to the last bit whatever the batch, the vector width
 * or the kernel. Recovery, rescaling and batching can then be tested by equality.
 */
@NullMarked
package org.cellstream.nn;

import org.jspecify.annotations.NullMarked;
