package org.cellstream.nn;

/**
 * Floats of an array from some place on.
 *
 * @param values not copied
 * @param at of the first
 */
@SuppressWarnings("ArrayRecordComponent") // a place in a buffer, never compared
public record Slice(float[] values, int at) {

    /** The same from a place {@code floats} further on. */
    Slice from(int floats) {
        return new Slice(values, at + floats);
    }
}
