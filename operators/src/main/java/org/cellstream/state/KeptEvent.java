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
 */
@Internal
public record KeptEvent(long time, double[] numbers, int partition, long offset) {

    static int heapBytes(List<KeptEvent> events) {
        int bytes = 0;
        for (KeptEvent event : events) {
            bytes += 72 + 8 * event.numbers.length;
        }
        return bytes;
    }

    static int length(List<KeptEvent> events) {
        int length = 4;
        for (KeptEvent event : events) {
            length += 8 + 4 + 8 + 4 + 8 * event.numbers.length;
        }
        return length;
    }

    static void write(List<KeptEvent> events, ByteBuffer out) {
        out.putInt(events.size());
        for (KeptEvent event : events) {
            out.putLong(event.time).putInt(event.partition).putLong(event.offset);
            out.putInt(event.numbers.length);
            Bytes.put(out, event.numbers);
        }
    }

    static List<KeptEvent> readAll(ByteBuffer in) {
        List<KeptEvent> events = new ArrayList<>();
        for (int left = in.getInt(); left > 0; left--) {
            long time = in.getLong();
            int partition = in.getInt();
            long offset = in.getLong();
            events.add(new KeptEvent(time, Bytes.doubles(in, in.getInt()), partition, offset));
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
                && offset == e.offset;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(time) * 31 + Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
        return "KeptEvent[at %d, %s]".formatted(time, Arrays.toString(numbers));
    }
}
