package org.cellstream.inference;

import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where event time stands, mirrored in broadcast state, since Flink's watermarks start anew after a
 * failure: what is held and what is not must not depend on that. The same in every subtask, as all
 * of them have had the same watermarks when a barrier comes.
 */
final class EventClock {

    private static final Logger LOG = LoggerFactory.getLogger(EventClock.class);

    private static final String EVENTS = "events";
    private static final String REACHED = "reached";

    /** Set once all input has ended and everything held was stepped. */
    static final String DRAINED = "drained";

    private final BroadcastState<String, Long> state;

    EventClock(BroadcastState<String, Long> state) throws Exception {
        this.state = state;
        if (state.contains(DRAINED)) {
            LOG.warn(
                    "The restored state was drained: everything held had been stepped, and event time had"
                            + " ended. Event time starts anew.");
            state.clear();
        }
    }

    static MapStateDescriptor<String, Long> descriptor() {
        return new MapStateDescriptor<>("event-clock", Types.STRING, Types.LONG);
    }

    /** The watermark of the events. */
    long events() throws Exception {
        return get(EVENTS);
    }

    void events(long watermark) throws Exception {
        state.put(EVENTS, watermark);
    }

    /** The watermark up to which events may be stepped. */
    long reached() throws Exception {
        return get(REACHED);
    }

    void reached(long watermark) throws Exception {
        state.put(REACHED, watermark);
    }

    private long get(String name) throws Exception {
        Long value = state.get(name);
        return value == null ? Long.MIN_VALUE : value;
    }

    /** Notes that all input has ended and everything held was stepped. */
    void drained() throws Exception {
        state.put(DRAINED, 1L);
    }
}
