package org.cellstream.jobs.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.cellstream.event.Control;
import org.cellstream.event.Rejected;

/**
 * Parts orders from rejections, which go to the side output {@link #rejected}, and drops orders
 * from before the job's first start: see {@link PastOrders}. Where that was is remembered, since
 * orders that come while the job is down are to be obeyed. Parallelism 1.
 */
@Internal
public final class SplitControlFunction extends ProcessFunction<DecodedControl, Control<String>>
        implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    private final HashMap<Integer, Long> ends;
    private final OutputTag<Rejected> rejected = rejected();
    private transient Map<Integer, Long> firstEnds;

    /**
     * @param ends where each partition ended when the job was put together
     */
    SplitControlFunction(Map<Integer, Long> ends) {
        this.ends = new HashMap<>(ends);
    }

    /** The side output of rejections. */
    public static OutputTag<Rejected> rejected() {
        return new OutputTag<>("rejected", Rejected.type());
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        ListState<Map<Integer, Long>> state =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "first-ends", Types.MAP(Types.INT, Types.LONG)));
        firstEnds = ends;
        for (Map<Integer, Long> restored : state.get()) {
            firstEnds = restored;
        }
        state.update(List.of(firstEnds));
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        // The state never changes.
    }

    @Override
    public void processElement(
            DecodedControl record, Context context, Collector<Control<String>> out) {
        Control<String> order = record.control();
        if (order == null) {
            context.output(rejected, record.rejected());
        } else if (order.offset() >= firstEnds.getOrDefault(order.partition(), 0L)) {
            out.collect(order);
        }
    }
}
