package org.cellstream.benchmarks.step;

import org.cellstream.benchmarks.measure.Alternation.Timed;
import org.cellstream.nn.Network;

/** One system at one cell: a call is a step of all rows, from the state after the last one. */
interface StepSystem extends Timed, AutoCloseable {

    /** The h of all rows {@code [B, H]} after the last call. */
    float[] hidden();

    /** What it should compute, in our words. */
    default Network network(StepCell cell) {
        return cell.network();
    }

    @Override
    default void close() {}
}
