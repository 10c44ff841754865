package org.cellstream.jobs.kafka;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * What the fields are called in which events say something about themselves; null for none.
 *
 * @param boundary start, end or both, where a sequence does so
 * @param label what should be forecast at the event
 * @param weight how much the label counts
 * @param mask 0 or false for an event that is to be passed over
 */
@Internal
public record MarkNames(
        @Nullable String boundary,
        @Nullable String label,
        @Nullable String weight,
        @Nullable String mask)
        implements Serializable {

    /** No event says anything. */
    public static final MarkNames NONE = new MarkNames(null, null, null, null);

    List<String> all() {
        return Stream.of(boundary, label, weight, mask).filter(Objects::nonNull).toList();
    }
}
