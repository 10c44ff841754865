package org.cellstream.jobs.kafka;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.cellstream.event.WeightUpdate;
import org.cellstream.nn.Network;

/**
 * Puts slices together to whole versions. Those of half versions are in the checkpoint, since the
 * source reads none twice.
 */
final class AssembleWeightsFunction extends ProcessFunction<WeightSlice, WeightUpdate>
        implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    private final Network network;
    private transient WeightAssembler assembler;
    private transient ListState<WeightSlice> waiting;

    AssembleWeightsFunction(Network network) {
        this.network = network;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        waiting =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>("waiting-slices", WeightSlice.type()));
        assembler = new WeightAssembler(network.toString(), network.parameters().size());
        for (WeightSlice slice : waiting.get()) {
            assembler.add(slice);
        }
    }

    @Override
    public void processElement(WeightSlice slice, Context context, Collector<WeightUpdate> out) {
        WeightUpdate whole = assembler.add(slice);
        if (whole != null) {
            out.collect(whole);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        waiting.update(assembler.waiting());
    }
}
