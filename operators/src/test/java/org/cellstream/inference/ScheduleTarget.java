package org.cellstream.inference;

import org.cellstream.event.Control;
import org.cellstream.event.Event;
import org.cellstream.event.WeightUpdate;

/** What a {@link Schedule} is carried out on: the forecaster, or the reference. */
interface ScheduleTarget {

    void event(Event<String> event) throws Exception;

    /** An order about one key, or about all. */
    void order(Control<String> control) throws Exception;

    void weights(WeightUpdate update) throws Exception;

    void eventWatermark(long time) throws Exception;

    void trainerWatermark(long time) throws Exception;

    /** Processing time passes. */
    void passMillis(long millis) throws Exception;

    /** A checkpoint that completes. */
    void barrier() throws Exception;

    /** A failure: all since the last checkpoint is lost and comes again. */
    void failure() throws Exception;

    /** A checkpoint, and a start from it at another parallelism. */
    void rescale(int parallelism) throws Exception;

    /** A stop in which event time ends, and a start from where it stopped. */
    void drain(int parallelism) throws Exception;

    /** All that came out so far. */
    Outcome outcome() throws Exception;
}
