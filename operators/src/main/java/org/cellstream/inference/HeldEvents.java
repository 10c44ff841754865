package org.cellstream.inference;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.cellstream.config.TimingConfig;
import org.cellstream.event.Event;

/**
 * Events that wait in keyed state for the weights of their epoch: one list per key and epoch, and a
 * timer that fires as soon as the watermark has passed all epochs before.
 */
final class HeldEvents<K> {

    /** The current key's list of one epoch. */
    @FunctionalInterface
    interface Lists<K> {
        ListState<Event<K>> of(long epoch) throws Exception;
    }

    private final Lists<K> lists;
    private final InternalTimerService<Long> timers;
    private final TimingConfig timing;
    private final InferenceMetrics metrics;
    private long servedEpoch = Long.MIN_VALUE;

    HeldEvents(
            Lists<K> lists,
            InternalTimerService<Long> timers,
            TimingConfig timing,
            InferenceMetrics metrics) {
        this.lists = lists;
        this.timers = timers;
        this.timing = timing;
        this.metrics = metrics;
    }

    /** Holds an event of the current key if its epoch is not served yet. */
    boolean holds(Event<K> event) throws Exception {
        long epoch = timing.epochOf(event.time());
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
    long serveAt(long watermark) {
        servedEpoch = watermark == Long.MAX_VALUE ? Long.MAX_VALUE : timing.epochOf(watermark + 1);
        return servedEpoch;
    }
}
