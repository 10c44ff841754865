package org.cellstream.jobs;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.cellstream.event.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops the events of a topic that a file held before: those up to the last event time of the file
 * that the savepoint was made from. Where that ends is in the state, so that a job which is
 * restored from a later checkpoint drops the same, wherever its sources stand.
 */
@Internal
public final class SkipSteppedFunction extends RichFilterFunction<Event<String>>
        implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(SkipSteppedFunction.class);
    private static final String NAME = "skip-stepped";

    /** Of a job whose savepoint was not made from a file. */
    static final long NOTHING = Long.MIN_VALUE;

    private final long noted;
    private transient Counter skipped;
    private transient ListState<Long> state;
    private transient long through;

    /**
     * @param noted what its savepoints say was stepped, epoch milliseconds, or {@link #NOTHING}
     */
    SkipSteppedFunction(long noted) {
        this.noted = noted;
    }

    /** The events of a topic without those that were stepped before the job's first start. */
    public static SingleOutputStreamOperator<Event<String>> skip(
            SingleOutputStreamOperator<Event<String>> events) {
        return add(events, new SkipSteppedFunction(NOTHING));
    }

    /**
     * All events of a file, noting for the job that goes on from this one's savepoint that they
     * were stepped.
     *
     * @param through last event time of the file, epoch milliseconds
     */
    public static SingleOutputStreamOperator<Event<String>> note(
            SingleOutputStreamOperator<Event<String>> events, long through) {
        return add(events, new SkipSteppedFunction(through));
    }

    private static SingleOutputStreamOperator<Event<String>> add(
            SingleOutputStreamOperator<Event<String>> events, SkipSteppedFunction function) {
        return events.filter(function).name(NAME).uid(NAME).setParallelism(events.getParallelism());
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        state =
                context.getOperatorStateStore()
                        .getUnionListState(
                                new ListStateDescriptor<>("stepped-through", Types.LONG));
        through = NOTHING;
        for (long restored : state.get()) {
            through = Math.max(through, restored);
        }
    }

    @Override
    public void open(OpenContext context) {
        skipped =
                getRuntimeContext()
                        .getMetricGroup()
                        .addGroup("cellstream")
                        .counter("skippedEvents");
        if (through != NOTHING) {
            LOG.info("Events up to {} were stepped from a file and are skipped.", through);
        }
    }

    @Override
    public boolean filter(Event<String> event) {
        if (event.time() > through) {
            return true;
        }
        skipped.inc();
        return false;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        state.clear();
        long last = Math.max(through, noted);
        if (last != NOTHING) {
            state.add(last);
        }
    }
}
