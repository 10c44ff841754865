package org.cellstream.jobs.inspect;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.state.DefaultOperatorStateBackend;
import org.apache.flink.runtime.state.DefaultOperatorStateBackendBuilder;
import org.apache.flink.runtime.state.OperatorStateHandle;

/** What an operator's savepoint holds beside its keys, of all subtasks together. */
final class OperatorStates implements Closeable {

    private final CloseableRegistry registry;
    private final DefaultOperatorStateBackend backend;

    private OperatorStates(CloseableRegistry registry, DefaultOperatorStateBackend backend) {
        this.registry = registry;
        this.backend = backend;
    }

    static OperatorStates of(OperatorState operator) throws IOException {
        List<OperatorStateHandle> handles =
                operator.getStates().stream()
                        .flatMap(subtask -> subtask.getManagedOperatorState().stream())
                        .toList();
        CloseableRegistry registry = new CloseableRegistry();
        DefaultOperatorStateBackend backend =
                new DefaultOperatorStateBackendBuilder(
                                OperatorStates.class.getClassLoader(),
                                new ExecutionConfig(),
                                false,
                                handles,
                                registry)
                        .build();
        return new OperatorStates(registry, backend);
    }

    OperatorStateStore store() {
        return backend;
    }

    @Override
    public void close() throws IOException {
        backend.close();
        registry.close();
    }
}
