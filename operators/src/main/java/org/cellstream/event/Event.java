package org.cellstream.event;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * One event of one key, decoded: the raw numbers of the fields that the columns read, before any
 * transform.
 *
 * @param key whose sequence it belongs to
 * @param time event time, epoch milliseconds
 * @param numbers one per field, in the order of the columns' fields; NaN where the event has no
 *     value
 * @param partition Kafka partition it was read from, or -1
 * @param offset Kafka offset it was read from, or -1
 */
public record Event<K>(K key, long time, double[] numbers, int partition, long offset) {

    /** An event that did not come from Kafka. */
    public static <K> Event<K> of(K key, long time, double... numbers) {
        return new Event<>(key, time, numbers, -1, -1);
    }

    /** The Flink type of events whose keys have type {@code key}. */
    @SuppressWarnings("unchecked") // a class literal cannot name its type argument
    public static <K> TypeInformation<Event<K>> type(TypeInformation<K> key) {
        return Types.POJO(
                (Class<Event<K>>) (Class<?>) Event.class,
                Map.of(
                        "key", key,
                        "time", Types.LONG,
                        "numbers", Types.PRIMITIVE_ARRAY(Types.DOUBLE),
                        "partition", Types.INT,
                        "offset", Types.LONG));
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Event<?> e
                && key.equals(e.key)
                && time == e.time
                && Arrays.equals(numbers, e.numbers)
                && partition == e.partition
                && offset == e.offset;
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, time, Arrays.hashCode(numbers), partition, offset);
    }

    @Override
    public String toString() {
        return "Event[" + key + " at " + time + ", " + Arrays.toString(numbers) + "]";
    }
}
