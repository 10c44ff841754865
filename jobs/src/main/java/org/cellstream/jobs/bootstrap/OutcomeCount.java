package org.cellstream.jobs.bootstrap;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Counts what became of the rows, in accumulators: one for each {@link Outcome}, and {@link #DONE},
 * which turns 1 once event time has passed the last row, so that nothing of the file is on its way
 * any more. An operator, not a function, since it needs the watermark and must have no state.
 */
final class OutcomeCount extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<Outcome, Void> {

    /** The accumulator that says whether all rows were counted. */
    static final String DONE = "done";

    private static final long serialVersionUID = 1L;

    private final long lastTime;
    private transient Map<Outcome, LongCounter> counts;
    private transient LongCounter done;

    /**
     * @param lastTime last event time of the file, epoch milliseconds
     */
    OutcomeCount(long lastTime) {
        this.lastTime = lastTime;
    }

    /** How many rows came to an end of one kind, as far as a job has told. */
    static long read(Map<String, Object> accumulators, String name) {
        return accumulators.get(name) instanceof Long count ? count : 0;
    }

    @Override
    public void open() throws Exception {
        super.open();
        counts = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome, counter(outcome.name()));
        }
        done = counter(DONE);
    }

    private LongCounter counter(String name) {
        LongCounter counter = new LongCounter();
        getRuntimeContext().addAccumulator(name, counter);
        return counter;
    }

    @Override
    public void processElement(StreamRecord<Outcome> element) {
        Objects.requireNonNull(counts.get(element.getValue())).add(1);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        super.processWatermark(mark);
        if (mark.getTimestamp() >= lastTime && done.getLocalValuePrimitive() == 0) {
            done.add(1);
        }
    }
}
