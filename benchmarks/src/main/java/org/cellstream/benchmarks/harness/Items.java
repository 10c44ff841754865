package org.cellstream.benchmarks.harness;

import java.io.Serializable;

/** What an {@link InMemorySource} emits. */
interface Items<T> extends Serializable {

    /** The items of a stage, as one subtask emits them. */
    Next<T> begin(Stage stage, int subtask, int subtasks);

    /** Makes one item after the other. */
    @FunctionalInterface
    interface Next<T> {

        /**
         * The next one.
         *
         * @param time when the item is due
         */
        T next(long time);
    }
}
