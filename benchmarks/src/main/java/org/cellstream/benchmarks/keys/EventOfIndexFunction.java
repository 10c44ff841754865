package org.cellstream.benchmarks.keys;

import java.util.SplittableRandom;
import org.apache.flink.api.common.functions.MapFunction;
import org.cellstream.event.Event;

/**
 * The event of an index: first some of each key, one key after the other, then those of keys drawn
 * at random. The same in every run.
 */
final class EventOfIndexFunction implements MapFunction<Long, Event<Long>> {

    private static final long serialVersionUID = 1L;

    private final long keys;
    private final long eventsOfKey;

    /**
     * @param eventsOfKey events of each key before the random ones
     */
    EventOfIndexFunction(long keys, long eventsOfKey) {
        this.keys = keys;
        this.eventsOfKey = eventsOfKey;
    }

    @Override
    public Event<Long> map(Long index) {
        SplittableRandom random = new SplittableRandom(index);
        long key = index < keys * eventsOfKey ? index / eventsOfKey : random.nextLong(keys);
        return Event.of(key, index, random.nextDouble(), 100 * random.nextDouble());
    }
}
