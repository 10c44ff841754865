package org.cellstream.jobs.kafka;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * How the user's events name things: each is a flat JSON object with these fields, and others that
 * nobody reads.
 *
 * @param key field whose text is the key; without, every event has the key {@link #ONE_KEY}
 * @param time field with the event time; without, the time of the Kafka record
 * @param numbers fields that the columns read, in the order of an event's numbers
 * @param mayBeEmpty those of them that an event may come without
 * @param marks fields in which events say something about themselves
 */
@Internal
public record EventFormat(
        @Nullable String key,
        @Nullable String time,
        List<String> numbers,
        List<String> mayBeEmpty,
        MarkNames marks)
        implements Serializable {

    /** The key of all events where no field names one. */
    public static final String ONE_KEY = "all";

    /** Of events that need each of their numbers, and say nothing about themselves. */
    public EventFormat(@Nullable String key, @Nullable String time, List<String> numbers) {
        this(key, time, numbers, List.of(), MarkNames.NONE);
    }

    public EventFormat {
        numbers = List.copyOf(numbers);
        mayBeEmpty = List.copyOf(mayBeEmpty);
        if (new HashSet<>(numbers).size() < numbers.size()) {
            throw new IllegalArgumentException("fields are " + numbers + "; need each once");
        }
    }
}
