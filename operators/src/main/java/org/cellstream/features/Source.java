package org.cellstream.features;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a column starts from: one field, the ratio of two, or one of the words for what every event
 * has.
 *
 * @param field the field, or the upper one of a ratio, or a word of {@link #WORDS}
 * @param divisor the lower field of a ratio; null for a plain field or a word
 */
record Source(String field, @Nullable String divisor) {

    /** The word for the seconds since the key's last accepted event. */
    static final String GAP = "gap";

    /** The word for the event's time, in seconds since 1970. */
    static final String TIME = "time";

    /** The word for the event's key. */
    static final String KEY = "key";

    /** The words that are no fields, and what they mean. */
    static final Map<String, String> WORDS =
            Map.of(
                    GAP, "the time since the key's last event",
                    TIME, "the event's time",
                    KEY, "the event's key");

    boolean isGap() {
        return field.equals(GAP);
    }

    boolean isTime() {
        return field.equals(TIME);
    }

    boolean isKey() {
        return field.equals(KEY);
    }

    /** Whether it is read from the event's fields. */
    boolean isOfFields() {
        return !WORDS.containsKey(field);
    }

    /** The fields it reads. */
    List<String> fields() {
        if (!isOfFields()) {
            return List.of();
        }
        return divisor == null ? List.of(field) : List.of(field, divisor);
    }

    /** The text that the grammar reads: {@code Close}, {@code High/Low} or {@code gap}. */
    @Override
    public String toString() {
        return divisor == null ? field : field + "/" + divisor;
    }
}
