/**
 * How fast the parts are: one class for each question, and {@link
 * org.cellstream.benchmarks.BenchmarkMain}, which runs one and prints its numbers.
 *
 * <p>May import anything of ours; libraries that we compare with appear here and nowhere else. JMH
 * gives each thread its own state.
 */
@NullMarked
package org.cellstream.benchmarks;

import org.jspecify.annotations.NullMarked;
