/**
 * The way into Cellstream from a Flink job: {@link org.cellstream.KeyedLstm} wires the operators,
 * their side outputs and uids.
 *
 * <p>Imports every package below it. Used while a job is put together, by one thread.
 */
@NullMarked
package org.cellstream;

import org.jspecify.annotations.NullMarked;
