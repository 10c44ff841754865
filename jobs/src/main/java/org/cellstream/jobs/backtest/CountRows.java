package org.cellstream.jobs.backtest;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Counts rows that led to no forecast, in an accumulator for each word that says why. */
final class CountRows extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<String, Void> {

    private static final long serialVersionUID = 1L;

    private transient Map<String, LongCounter> counters;

    @Override
    public void open() throws Exception {
        super.open();
        counters = new HashMap<>();
    }

    @Override
    public void processElement(StreamRecord<String> element) {
        counters.computeIfAbsent(element.getValue(), this::counter).add(1);
    }

    private LongCounter counter(String name) {
        LongCounter counter = new LongCounter();
        getRuntimeContext().addAccumulator(name, counter);
        return counter;
    }
}
