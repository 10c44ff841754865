package org.cellstream;

import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.java.functions.KeySelector;
import org.cellstream.event.Event;

/** Reads key, time and numbers from a user's own event. */
final class ReadEventFunction<T, K> implements MapFunction<T, Event<K>> {

    private static final long serialVersionUID = 1L;

    private final KeySelector<T, K> key;
    private final TimeReader<T> time;
    private final List<NumberReader<T>> numbers;

    ReadEventFunction(KeySelector<T, K> key, TimeReader<T> time, List<NumberReader<T>> numbers) {
        this.key = key;
        this.time = time;
        this.numbers = numbers;
    }

    @Override
    public Event<K> map(T event) throws Exception {
        double[] read = new double[numbers.size()];
        for (int i = 0; i < read.length; i++) {
            read[i] = numbers.get(i).read(event);
        }
        return Event.of(key.getKey(event), time.read(event), read);
    }
}
