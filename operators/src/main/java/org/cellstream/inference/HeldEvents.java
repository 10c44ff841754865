package org.cellstream.inference;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.cellstream.config.TimingConfig;
import org.cellstream.event.Event;

/**
 * Events that wait in keyed state for the weights of their epoch: one list per key and epoch, and a
 * timer that fires as soon as the watermark has passed all epochs before.
 *
 * <p>An event that comes when the watermark of the events has already left its epoch counts into
 * the epoch that they have reached: else it would depend on how far the trainer is whether it is
 * stepped before or after those that came before it.
 */
final class HeldEvents<K> {

    private static final String EVENTS = "events";
    private static final String SERVED = "served";

    /** The current key's list of one epoch. */
    @FunctionalInterface
    interface Lists<K> {
        ListState<Event<K>> of(long epoch) throws Exception;
    }

    private final Lists<K> lists;
    private final InternalTimerService<Long> timers;
    private final TimingConfig timing;
    private final InferenceMetrics metrics;
    private final BroadcastState<String, Long> clock;
    private long eventEpoch;
    private long servedEpoch;

    HeldEvents(
            Lists<K> lists,
            InternalTimerService<Long> timers,
            TimingConfig timing,
            InferenceMetrics metrics,
            BroadcastState<String, Long> clock)
            throws Exception {
        this.lists = lists;
        this.timers = timers;
        this.timing = timing;
        this.metrics = metrics;
        this.clock = clock;
        this.eventEpoch = clock.contains(EVENTS) ? clock.get(EVENTS) : Long.MIN_VALUE;
        this.servedEpoch = clock.contains(SERVED) ? clock.get(SERVED) : Long.MIN_VALUE;
    }

    /** Where event time stands, the same in every subtask. */
    static MapStateDescriptor<String, Long> clock() {
        return new MapStateDescriptor<>("epochs", Types.STRING, Types.LONG);
    }

    /** Notes the watermark of the events. */
    void eventsReached(long watermark) throws Exception {
        long epoch = epochAfter(watermark);
        if (epoch > eventEpoch) {
            eventEpoch = epoch;
            clock.put(EVENTS, epoch);
        }
    }

    private long epochAfter(long watermark) {
        return watermark == Long.MAX_VALUE ? Long.MAX_VALUE : timing.epochOf(watermark + 1);
    }

    /** Holds an event of the current key if its epoch is not served yet. */
    boolean holds(Event<K> event) throws Exception {
        long epoch = Math.max(timing.epochOf(event.time()), eventEpoch);
        if (epoch <= servedEpoch) {
            return false;
        }
        lists.of(epoch).add(event);
        timers.registerEventTimeTimer(epoch, timing.lastTimeBefore(epoch));
        metrics.held();
        return true;
    }

    /** Takes the current key's events of one epoch out of state, in order of arrival. */
    List<Event<K>> release(long epoch) throws Exception {
        ListState<Event<K>> list = lists.of(epoch);
        List<Event<K>> events = new ArrayList<>();
        for (Event<K> event : list.get()) {
            events.add(event);
            metrics.released();
        }
        list.clear();
        return events;
    }

    /** Moves on to the epoch whose events may be stepped at a watermark, and returns it. */
    long serveAt(long watermark) throws Exception {
        long epoch = epochAfter(watermark);
        if (epoch > servedEpoch) {
            servedEpoch = epoch;
            clock.put(SERVED, epoch);
        }
        return servedEpoch;
    }
}
