package org.cellstream.inference;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.cellstream.config.EventOrder;
import org.cellstream.config.InferenceConfig;
import org.cellstream.config.TimingConfig;
import org.cellstream.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * Events that wait in keyed state: for the weights of their epoch, or, to be stepped in the order
 * of their times, until the watermark has passed them. One list per key and slot, an epoch or an
 * event time, and a timer that fires as soon as the slot's turn has come.
 *
 * <p>An event that comes behind the watermark of the events counts into the slot that they have
 * reached: else it would depend on how far the trainer is whether it is stepped before or after
 * those that came before it.
 */
final class HeldEvents<K> {

    /** The current key's list of one slot. */
    @FunctionalInterface
    interface Lists<K> {
        ListState<Event<K>> of(long slot) throws Exception;
    }

    /** Where the events of one kind of slot are held. */
    record Place<K>(Lists<K> lists, InternalTimerService<Long> timers) {}

    private final Place<K> byEpoch;
    private final Place<K> byTime;
    private final TimingConfig timing;
    private final boolean ordered;
    private final InferenceMetrics metrics;
    private final EventClock clock;
    private long eventsReached;
    private long reached;

    HeldEvents(
            Place<K> byEpoch,
            Place<K> byTime,
            InferenceConfig config,
            InferenceMetrics metrics,
            EventClock clock)
            throws Exception {
        this.byEpoch = byEpoch;
        this.byTime = byTime;
        this.timing = config.timing();
        this.ordered = config.sequence().order() == EventOrder.EVENT_TIME;
        this.metrics = metrics;
        this.clock = clock;
        this.eventsReached = clock.events();
        this.reached = clock.reached();
    }

    /** Whether events can be held at all. */
    boolean mayHold() {
        return ordered || timing.byEventTime();
    }

    /** Notes the watermark of the events. */
    void eventsReached(long watermark) throws Exception {
        if (watermark > eventsReached) {
            eventsReached = watermark;
            clock.events(watermark);
        }
    }

    private long epochAfter(long watermark) {
        return watermark == Long.MIN_VALUE || watermark == Long.MAX_VALUE
                ? watermark
                : timing.epochOf(watermark + 1);
    }

    /** Holds an event of the current key if its turn has not come yet. */
    boolean holds(Event<K> event) throws Exception {
        if (ordered) {
            long time = Math.max(event.time(), eventsReached);
            return time > reached && hold(event, byTime, time, time);
        }
        if (!timing.byEventTime()) {
            return false;
        }
        long epoch = Math.max(timing.epochOf(event.time()), epochAfter(eventsReached));
        return epoch > epochAfter(reached)
                && hold(event, byEpoch, epoch, timing.lastTimeBefore(epoch));
    }

    private boolean hold(Event<K> event, Place<K> place, long slot, long time) throws Exception {
        place.lists.of(slot).add(event);
        place.timers.registerEventTimeTimer(slot, time);
        metrics.held();
        return true;
    }

    /** Takes the current key's events of one epoch out of state, in order of arrival. */
    List<Event<K>> releaseEpoch(long epoch) throws Exception {
        return release(byEpoch, epoch);
    }

    /** Takes the current key's events at one time out of state, in order of arrival. */
    List<Event<K>> releaseTime(long time) throws Exception {
        return release(byTime, time);
    }

    /**
     * Drops what is held of a key, which is the current one then. Looks at the timers of all keys:
     * state has no list of the slots of one.
     */
    void forget(K key, KeyContext keys) throws Exception {
        for (Place<K> place : List.of(byEpoch, byTime)) {
            Set<Long> slots = new HashSet<>();
            place.timers.forEachEventTimeTimer(
                    (slot, time) -> {
                        if (key.equals(keys.getCurrentKey())) {
                            slots.add(slot);
                        }
                    });
            keys.setCurrentKey(key);
            for (long slot : slots) {
                release(place, slot);
            }
        }
    }

    private List<Event<K>> release(Place<K> place, long slot) throws Exception {
        ListState<Event<K>> list = place.lists.of(slot);
        @Nullable Iterable<Event<K>> found = list.get();
        if (found == null) {
            return List.of(); // an order to forget has emptied it
        }
        List<Event<K>> events = new ArrayList<>();
        for (Event<K> event : found) {
            events.add(event);
            metrics.released();
        }
        list.clear();
        return events;
    }

    /** Moves on to the watermark up to which events may be stepped. */
    void serveAt(long watermark) throws Exception {
        if (watermark > reached) {
            reached = watermark;
            clock.reached(watermark);
        }
    }

    /**
     * The latest epoch whose events may be stepped, where weights take effect by epochs. In the
     * order of their times none after the watermark may, and those behind it count as if they were
     * at it.
     */
    long servedEpoch() {
        return ordered ? timing.epochOf(reached) : epochAfter(reached);
    }
}
