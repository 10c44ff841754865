package org.cellstream.event;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * One event of one key, decoded: the raw numbers of the fields that the columns read, before any
 * transform; or an order about that key, which takes its place among the key's events.
 *
 * @param key whose sequence it belongs to
 * @param time event time, epoch milliseconds
 * @param numbers one per field, in the order of the columns' fields; NaN where the event has no
 *     value
 * @param partition Kafka partition it was read from, or -1
 * @param offset Kafka offset it was read from, or -1
 * @param control the order that this is; null for an event that advances its key
 * @param given what the event says about itself; null for nothing
 */
public record Event<K>(
        K key,
        long time,
        double[] numbers,
        int partition,
        long offset,
        @Nullable Control<K> control,
        @Nullable Marks given) {

    /** An event that advances its key. */
    public Event(K key, long time, double[] numbers, int partition, long offset) {
        this(key, time, numbers, partition, offset, null, null);
    }

    /** An event that did not come from Kafka. */
    public static <K> Event<K> of(K key, long time, double... numbers) {
        return new Event<>(key, time, numbers, -1, -1);
    }

    /**
     * An order about one key.
     *
     * @throws IllegalArgumentException if the order is for all keys
     */
    public static <K> Event<K> of(Control<K> control) {
        K key = control.key();
        if (key == null) {
            throw new IllegalArgumentException(control + " names no key");
        }
        return new Event<>(
                key,
                control.time(),
                new double[0],
                control.partition(),
                control.offset(),
                control,
                null);
    }

    /** This event, saying so much about itself. */
    public Event<K> marked(Marks marks) {
        if (marks.equals(marks())) {
            return this;
        }
        return new Event<>(
                key,
                time,
                numbers,
                partition,
                offset,
                control,
                marks.equals(Marks.NONE) ? null : marks);
    }

    /** What this event says about itself. */
    public Marks marks() {
        return given == null ? Marks.NONE : given;
    }

    /** The Flink type of events whose keys have type {@code key}. */
    @SuppressWarnings("unchecked") // a class literal cannot name its type argument
    public static <K> TypeInformation<Event<K>> type(TypeInformation<K> key) {
        TypeInformation<Event<K>> record =
                Types.POJO(
                        (Class<Event<K>>) (Class<?>) Event.class,
                        Map.of(
                                "key",
                                key,
                                "time",
                                Types.LONG,
                                "numbers",
                                Types.PRIMITIVE_ARRAY(Types.DOUBLE),
                                "partition",
                                Types.INT,
                                "offset",
                                Types.LONG,
                                "control",
                                Control.type(key),
                                "given",
                                Marks.type()));
        return new EventType<>((PojoTypeInfo<Event<K>>) record, key);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Event<?> e
                && key.equals(e.key)
                && time == e.time
                && Arrays.equals(numbers, e.numbers)
                && partition == e.partition
                && offset == e.offset
                && Objects.equals(control, e.control)
                && Objects.equals(given, e.given);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, time, Arrays.hashCode(numbers), partition, offset);
    }

    @Override
    public String toString() {
        return control != null
                ? control.toString()
                : "Event[" + key + " at " + time + ", " + Arrays.toString(numbers) + "]";
    }
}
