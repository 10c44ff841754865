/**
 * What a forecast costs in Flink beside moving the event, and beside what a user could have instead
 * of it.
 *
 * <p>May import anything of ours, and {@code harness}, in whose JVMs the jobs run. One thread.
 */
@NullMarked
package org.cellstream.benchmarks.operator;

import org.jspecify.annotations.NullMarked;
