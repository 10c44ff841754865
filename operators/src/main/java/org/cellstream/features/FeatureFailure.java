package org.cellstream.features;

/**
 * Why an event was rejected. Nothing has changed because of that event.
 *
 * @param kind which counter it belongs to
 * @param column name of the column at fault
 * @param value the source's value, as text: a number, two numbers with a slash for a ratio, or
 *     nothing for an empty number
 * @param reason names the column, the field, the value and what is allowed
 */
public record FeatureFailure(Kind kind, String column, String value, String reason) {

    /** Kinds of failure. */
    public enum Kind {
        /** A field that a column reads has no value. */
        EMPTY_NUMBER,
        /** A field that a column reads holds something that is no finite number. */
        NOT_A_NUMBER,
        /** A ratio or a transform has no finite result for the value, as the log of 0. */
        TRANSFORM
    }
}
