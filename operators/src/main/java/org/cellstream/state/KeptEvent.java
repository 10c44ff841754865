package org.cellstream.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.cellstream.event.Event;

/**
 * An event that a key keeps so that it can be stepped again.
 *
 * @param time event time, epoch milliseconds
 * @param numbers one per field of the columns
 * @param partition Kafka partition it was read from, or -1
 * @param offset Kafka offset it was read from, or -1
 * @param fedBack whether its target is the key's own forecast, not one of the event's numbers
 */
@Internal
public record KeptEvent(long time, double[] numbers, int partition, long offset, boolean fedBack) {

    /** An event as it was stepped. */
    public static KeptEvent of(Event<?> event, boolean fedBack) {
        return new KeptEvent(
                event.time(), event.numbers(), event.partition(), event.offset(), fedBack);
    }

    /** Bytes that {@link #write} writes. */
    int length() {
        return 8 + 4 + 8 + 4 + 8 * (numbers.length + (fedBack ? 1 : 0));
    }

    /** Writes it; a number more, NaN, marks one that was fed back: no other number can be that. */
    void write(ByteBuffer out) {
        out.putLong(time).putInt(partition).putLong(offset);
        out.putInt(numbers.length + (fedBack ? 1 : 0));
        Bytes.put(out, numbers);
        if (fedBack) {
            out.putDouble(Double.NaN);
        }
    }

    static KeptEvent read(ByteBuffer in) {
        long time = in.getLong();
        int partition = in.getInt();
        long offset = in.getLong();
        double[] numbers = Bytes.doubles(in, in.getInt());
        boolean fedBack = numbers.length > 0 && Double.isNaN(numbers[numbers.length - 1]);
        double[] own = fedBack ? Arrays.copyOf(numbers, numbers.length - 1) : numbers;
        return new KeptEvent(time, own, partition, offset, fedBack);
    }

    static int heapBytes(List<KeptEvent> events) {
        int bytes = 0;
        for (KeptEvent event : events) {
            bytes += 72 + 8 * event.numbers.length;
        }
        return bytes;
    }

    static int length(List<KeptEvent> events) {
        return 4 + events.stream().mapToInt(KeptEvent::length).sum();
    }

    static void write(List<KeptEvent> events, ByteBuffer out) {
        out.putInt(events.size());
        events.forEach(event -> event.write(out));
    }

    static List<KeptEvent> readAll(ByteBuffer in) {
        List<KeptEvent> events = new ArrayList<>();
        for (int left = in.getInt(); left > 0; left--) {
            events.add(read(in));
        }
        return events;
    }

    /** This event of a key once more. */
    public <K> Event<K> of(K key) {
        return new Event<>(key, time, numbers, partition, offset);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof KeptEvent e
                && time == e.time
                && Arrays.equals(numbers, e.numbers)
                && partition == e.partition
                && offset == e.offset
                && fedBack == e.fedBack;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(time) * 31 + Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
        return "KeptEvent[at %d, %s%s]"
                .formatted(time, Arrays.toString(numbers), fedBack ? ", fed back" : "");
    }
}
