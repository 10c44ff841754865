package org.cellstream.features;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a column starts from: one field, the ratio of two, or the gap.
 *
 * @param field the field, or the upper one of a ratio, or {@link #GAP}, which is no field
 * @param divisor the lower field of a ratio; null for a plain field
 */
record Source(String field, @Nullable String divisor) {

    /** The word for the seconds since the key's last accepted event. */
    static final String GAP = "gap";

    boolean isGap() {
        return field.equals(GAP);
    }

    /** The fields it reads. */
    List<String> fields() {
        if (isGap()) {
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
