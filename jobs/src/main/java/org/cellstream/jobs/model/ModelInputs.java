package org.cellstream.jobs.model;

import java.util.List;
import org.cellstream.jobs.replay.WrongInputException;

/** What becomes of the numbers of a row before a network takes them. */
interface ModelInputs {

    /**
     * The columns of the file that are read, in the order of a row's numbers.
     *
     * @param others all columns that are nothing else, as a key or a time
     */
    List<String> fields(List<String> others) throws WrongInputException;

    /** Whether the time of a row means anything. */
    boolean readsTime();

    /** Those of the fields that a row may have no number of. */
    default List<String> mayBeEmpty() {
        return List.of();
    }

    /**
     * The network's input row.
     *
     * @param time epoch milliseconds; 0 where none is read
     * @param numbers finite, one per field; NaN for none of one that {@link #mayBeEmpty}
     * @throws WrongInputException if they cannot be taken; the message says why
     */
    float[] row(String key, long time, double[] numbers) throws WrongInputException;

    /** Makes as if the last row had never been, where rows leave traces. */
    default void takeBack() {
        // They leave none.
    }
}
