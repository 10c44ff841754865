package org.cellstream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.runtime.state.DefaultOperatorStateBackendBuilder;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.runtime.state.StateInitializationContextImpl;
import org.apache.flink.runtime.state.StateSnapshotContextSynchronousImpl;
import org.cellstream.event.WeightUpdate;
import org.cellstream.nn.Network;
import org.junit.jupiter.api.Test;

class AssembleWeightsFunctionTest {

    private static final Network NETWORK = Network.of(2).dense(1);
    private static final WeightUpdate UPDATE =
            new WeightUpdate(
                    1, 7, NETWORK.toString(), WeightUpdate.AT_ARRIVAL, new float[] {1, 2, 3});
    private static final List<WeightSlice> SLICES = WeightSlices.cut(UPDATE, 1);
    private static final FunctionSnapshotContext CHECKPOINT =
            new StateSnapshotContextSynchronousImpl(1, 1);

    private final List<WeightUpdate> out = new ArrayList<>();

    @Test
    void goesOnWithTheSlicesOfBeforeTheCheckpoint() throws Exception {
        OperatorStateStore state =
                new DefaultOperatorStateBackendBuilder(
                                getClass().getClassLoader(),
                                new ExecutionConfig(),
                                false,
                                List.of(),
                                new CloseableRegistry())
                        .build();
        AssembleWeightsFunction before = function(state);
        take(before, SLICES.get(2));
        take(before, SLICES.get(0));
        before.snapshotState(CHECKPOINT);

        AssembleWeightsFunction after = function(state);
        take(after, SLICES.get(1));
        after.snapshotState(CHECKPOINT);
        take(function(state), SLICES.get(1));

        assertThat(out).containsExactly(UPDATE);
    }

    private static AssembleWeightsFunction function(OperatorStateStore state) throws Exception {
        AssembleWeightsFunction function = new AssembleWeightsFunction(NETWORK);
        function.initializeState(new StateInitializationContextImpl(1L, state, null, null, null));
        return function;
    }

    private void take(AssembleWeightsFunction function, WeightSlice slice) {
        function.processElement(slice, null, new ListCollector<>(out));
    }
}
