package org.cellstream.benchmarks.train;

import org.cellstream.benchmarks.measure.Alternation.Timed;

/** One system at one cell: a call is one update of the weights from all windows. */
interface TrainSystem extends Timed, AutoCloseable {

    /** The outputs {@code [T, B]} under the present weights. */
    float[] outputs();

    @Override
    default void close() {}
}
