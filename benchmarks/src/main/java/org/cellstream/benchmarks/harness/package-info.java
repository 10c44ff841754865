/**
 * Jobs that are measured, each in a JVM of its own, which obeys the benchmark line by line: so many
 * events, of such keys, at such a rate.
 *
 * <p>A fresh JVM for each system, because the compiler specialises what Flink calls for each event
 * to what it has seen: in one JVM the first system would be fast and all later ones slow. They run
 * side by side, and all but the one whose turn it is stand still.
 *
 * <p>A JVM holds one job, so what its parts share is static: {@code Tap} opens the source, {@code
 * MeasureFunction} counts behind the operator. May import anything of ours; {@code JobProcess} and
 * {@code Answer} are for the benchmark, all else runs in the child.
 */
@NullMarked
package org.cellstream.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
