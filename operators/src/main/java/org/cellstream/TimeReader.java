package org.cellstream;

import java.io.Serializable;

/** Reads the event time from a user's own event. */
@FunctionalInterface
public interface TimeReader<T> extends Serializable {

    /** Event time, epoch milliseconds. */
    long read(T event);
}
