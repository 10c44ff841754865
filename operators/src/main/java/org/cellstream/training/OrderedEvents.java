package org.cellstream.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.cellstream.event.Event;

/**
 * Events that wait for the watermark, handed out by time, then by the bytes of their key, then in
 * order of arrival: an order that does not depend on how the partitions of the input were
 * interleaved.
 */
final class OrderedEvents<K> {

    private final TypeSerializer<K> keySerializer;
    private final DataOutputSerializer bytes = new DataOutputSerializer(64);
    private final TreeMap<Long, List<Event<K>>> byTime = new TreeMap<>();

    OrderedEvents(TypeSerializer<K> keySerializer) {
        this.keySerializer = keySerializer;
    }

    void add(Event<K> event) {
        byTime.computeIfAbsent(event.time(), time -> new ArrayList<>()).add(event);
    }

    /**
     * Removes and returns the events with the earliest time, if that is at most {@code time}; an
     * empty list otherwise.
     */
    List<Event<K>> poll(long time) throws IOException {
        if (byTime.isEmpty() || byTime.firstKey() > time) {
            return List.of();
        }
        List<Keyed<K>> keyed = new ArrayList<>();
        for (Event<K> event : byTime.pollFirstEntry().getValue()) {
            keyed.add(new Keyed<>(keyBytes(event.key()), event));
        }
        keyed.sort(Comparator.comparing(Keyed::key, Arrays::compareUnsigned)); // a stable sort
        return keyed.stream().map(Keyed::event).toList();
    }

    /** Drops the events of one key. */
    void forget(K key) {
        byTime.values().forEach(events -> events.removeIf(event -> event.key().equals(key)));
        byTime.values().removeIf(List::isEmpty); // an empty time would look like the end
    }

    /** All events that wait, in an order from which {@link #add} makes this object again. */
    List<Event<K>> all() {
        List<Event<K>> all = new ArrayList<>();
        for (Map.Entry<Long, List<Event<K>>> entry : byTime.entrySet()) {
            all.addAll(entry.getValue());
        }
        return all;
    }

    private byte[] keyBytes(K key) throws IOException {
        bytes.clear();
        keySerializer.serialize(key, bytes);
        return bytes.getCopyOfBuffer();
    }

    @SuppressWarnings("ArrayRecordComponent") // lives for one sort
    private record Keyed<K>(byte[] key, Event<K> event) {}
}
