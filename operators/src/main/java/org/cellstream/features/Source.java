package org.cellstream.features;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a column starts from: one field, or the ratio of two.
 *
 * @param field the field, or the upper one of a ratio
 * @param divisor the lower field of a ratio; null for a plain field
 */
record Source(String field, @Nullable String divisor) {

    /** The fields it reads. */
    List<String> fields() {
        return divisor == null ? List.of(field) : List.of(field, divisor);
    }

    /** The text that the grammar reads: {@code Close} or {@code High/Low}. */
    @Override
    public String toString() {
        return divisor == null ? field : field + "/" + divisor;
    }
}
