package org.cellstream.inference;

import java.util.ArrayList;
import java.util.List;
import org.cellstream.event.Event;

/**
 * Events that wait to be stepped together, in the order in which they came. They are taken out in
 * waves: a wave takes at most one event of a key, and the key's next event waits for a later wave,
 * so that every key is stepped in the order of its events.
 */
final class MicroBatch<K> {

    private final List<Event<K>> events = new ArrayList<>();

    void add(Event<K> event) {
        events.add(event);
    }

    int rows() {
        return events.size();
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    Event<K> get(int row) {
        return events.get(row);
    }

    /** Moves an event that waits for a later wave to an earlier row. */
    void move(int from, int to) {
        events.set(to, events.get(from));
    }

    /** Keeps the first events alone. */
    void keep(int rows) {
        events.subList(rows, events.size()).clear();
    }
}
