/**
 * How the cost of an event grows with what a user may choose.
 *
 * <p>May import anything of ours, and {@code harness}, in whose JVMs the jobs run. One thread.
 */
@NullMarked
package org.cellstream.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
