package org.cellstream.inference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cellstream.event.Event;

/**
 * Events that wait to be stepped together, in waves: a wave holds at most one event per key, and a
 * key's next event waits for the next wave, so that every key is stepped in the order of its
 * events.
 */
final class MicroBatch<K> {

    private final Map<K, Integer> eventsOf = new HashMap<>();
    private final List<List<Event<K>>> waves = new ArrayList<>();
    private int rows;

    void add(Event<K> event) {
        int wave = eventsOf.merge(event.key(), 1, Integer::sum) - 1;
        if (wave == waves.size()) {
            waves.add(new ArrayList<>());
        }
        waves.get(wave).add(event);
        rows++;
    }

    int rows() {
        return rows;
    }

    boolean isEmpty() {
        return rows == 0;
    }

    /** Waves in the order in which they must be stepped; valid until {@link #clear}. */
    List<List<Event<K>>> waves() {
        return waves;
    }

    void clear() {
        eventsOf.clear();
        waves.clear();
        rows = 0;
    }
}
