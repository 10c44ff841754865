/**
 * What an update of the weights costs a running job.
 *
 * <p>May import anything of ours, {@code harness}, in whose JVMs the jobs run, and the broker of
 * {@code pipeline}. One thread.
 */
@NullMarked
package org.cellstream.benchmarks.weights;

import org.jspecify.annotations.NullMarked;
