package org.cellstream.benchmarks.keys;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.metrics.MetricGroup;

/** Counts results and notes when the first and the last came; lets none through. */
final class TallyFilter<T> extends RichFilterFunction<T> {

    private static final long serialVersionUID = 1L;

    static final String NAME = "tally";
    static final String COUNT = "results";
    static final String FIRST = "firstMillis";
    static final String LAST = "lastMillis";

    private transient volatile long count;
    private transient volatile long first;
    private transient volatile long last;

    @Override
    public void open(OpenContext context) {
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        metrics.gauge(COUNT, () -> count);
        metrics.gauge(FIRST, () -> first);
        metrics.gauge(LAST, () -> last);
    }

    // One writer, the operator's thread: volatile is for the reader.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    @Override
    public boolean filter(T result) {
        last = System.currentTimeMillis();
        if (count == 0) {
            first = last;
        }
        count++;
        return false;
    }
}
