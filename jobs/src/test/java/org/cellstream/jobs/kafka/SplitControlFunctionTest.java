package org.cellstream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.runtime.state.DefaultOperatorStateBackendBuilder;
import org.apache.flink.runtime.state.StateInitializationContextImpl;
import org.cellstream.event.Control;
import org.cellstream.event.Control.Action;
import org.junit.jupiter.api.Test;

class SplitControlFunctionTest {

    private final List<Control<String>> out = new ArrayList<>();

    @Test
    void dropsOrdersFromBeforeTheFirstStart() throws Exception {
        SplitControlFunction fresh = function(Map.of(0, 5L, 1, 0L), state());

        take(fresh, order(0, 4));
        take(fresh, order(0, 5));
        take(fresh, order(1, 0));
        take(fresh, order(2, 0)); // a partition that was added since

        assertThat(out).containsExactly(order(0, 5), order(1, 0), order(2, 0));
    }

    @Test
    void obeysOrdersThatCameWhileTheJobWasDown() throws Exception {
        OperatorStateStore state = state();
        function(Map.of(0, 5L), state);
        function(Map.of(0, 6L), state);

        SplitControlFunction restored = function(Map.of(0, 9L), state);
        take(restored, order(0, 4));
        take(restored, order(0, 5));
        take(restored, order(0, 8));

        assertThat(out).containsExactly(order(0, 5), order(0, 8));
    }

    private static Control<String> order(int partition, long offset) {
        return new Control<>(Action.RESET, "A", null, Control.AT_ONCE, Map.of(), partition, offset);
    }

    private void take(SplitControlFunction function, Control<String> order) {
        function.processElement(new DecodedControl(order, null), null, new ListCollector<>(out));
    }

    private static SplitControlFunction function(Map<Integer, Long> ends, OperatorStateStore state)
            throws Exception {
        SplitControlFunction function = new SplitControlFunction(ends);
        function.initializeState(new StateInitializationContextImpl(1L, state, null, null, null));
        return function;
    }

    private OperatorStateStore state() throws Exception {
        return new DefaultOperatorStateBackendBuilder(
                        getClass().getClassLoader(),
                        new ExecutionConfig(),
                        false,
                        List.of(),
                        new CloseableRegistry())
                .build();
    }
}
