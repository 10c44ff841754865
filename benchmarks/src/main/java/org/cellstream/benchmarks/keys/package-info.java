/**
 * What many more keys than fit into memory cost: a job of the operators on a real cluster of
 * separate processes, whose state is filled, checkpointed, restored and written in small parts, and
 * beside it a job that does nothing but read and write as many bytes for each event.
 *
 * <p>May import anything of ours, and the cluster of {@code chaos}. The classes named {@code Job},
 * {@code Source}, {@code Function} and {@code Filter} run in the cluster, the others in the
 * command, which is one thread.
 */
@NullMarked
package org.cellstream.benchmarks.keys;

import org.jspecify.annotations.NullMarked;
