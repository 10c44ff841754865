package org.cellstream.inference;

import org.cellstream.event.Event;
import org.cellstream.state.KeptEvent;

/**
 * An event as it is stepped.
 *
 * @param fedBack whether the number of the target's field is the key's own forecast: it says
 *     nothing about how good that was
 */
record SteppedEvent<K>(Event<K> event, boolean fedBack) {

    /** An event as it came. */
    static <K> SteppedEvent<K> of(Event<K> event) {
        return new SteppedEvent<>(event, false);
    }

    /** An event that was stepped before, to be stepped again with the same numbers. */
    static <K> SteppedEvent<K> again(K key, KeptEvent kept) {
        return new SteppedEvent<>(kept.of(key), kept.fedBack());
    }

    KeptEvent kept() {
        return KeptEvent.of(event, fedBack);
    }
}
