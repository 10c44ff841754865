package org.cellstream.jobs.inspect;

import java.io.IOException;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.StateAssignmentOperation;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.state.api.functions.KeyedStateReaderFunction;
import org.apache.flink.state.api.input.KeyedStateInputFormat;
import org.apache.flink.state.api.input.operator.KeyedStateReaderOperator;
import org.apache.flink.state.api.input.splits.KeyGroupRangeInputSplit;

/** Reads the group of keys that holds one key, and none of the others. */
final class OneKeyFormat extends KeyedStateInputFormat<String, VoidNamespace, String> {

    private static final long serialVersionUID = 1L;

    private final OperatorState operator;
    private final KeyGroupRange group;

    OneKeyFormat(
            OperatorState operator,
            StateBackend backend,
            Configuration configuration,
            KeyedStateReaderFunction<String, String> function,
            String key)
            throws IOException {
        super(
                operator,
                backend,
                configuration,
                new KeyedStateReaderOperator<>(function, Types.STRING),
                new ExecutionConfig());
        this.operator = operator;
        int index = KeyGroupRangeAssignment.assignToKeyGroup(key, operator.getMaxParallelism());
        group = KeyGroupRange.of(index, index);
    }

    @Override
    public KeyGroupRangeInputSplit[] createInputSplits(int least) {
        return new KeyGroupRangeInputSplit[] {
            new KeyGroupRangeInputSplit(
                    StateAssignmentOperation.getManagedKeyedStateHandles(operator, group),
                    StateAssignmentOperation.getRawKeyedStateHandles(operator, group),
                    operator.getMaxParallelism(),
                    0)
        };
    }
}
