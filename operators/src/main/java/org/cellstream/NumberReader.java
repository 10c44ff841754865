package org.cellstream;

import java.io.Serializable;

/** Reads one number from a user's own event. */
@FunctionalInterface
public interface NumberReader<T> extends Serializable {

    /** The number; NaN where the event has none, which rejects the event. */
    double read(T event);
}
