package org.cellstream.benchmarks.harness;

import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;

/** Emits a new forecast for each event, and nothing else. */
public final class NoOpFunction<K> extends KeyedProcessFunction<K, Event<K>, Forecast<K>> {

    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Event<K> event, Context context, Collector<Forecast<K>> out) {
        out.collect(forecast(event, event.numbers()[0]));
    }

    /** A forecast of one number, as those who keep no record of a key can make it. */
    static <K> Forecast<K> forecast(Event<K> event, double value) {
        return new Forecast<>(
                event.key(),
                event.time(),
                1,
                new double[] {value},
                new double[] {value},
                1,
                0,
                false,
                1,
                Double.NaN,
                Double.NaN,
                false);
    }
}
