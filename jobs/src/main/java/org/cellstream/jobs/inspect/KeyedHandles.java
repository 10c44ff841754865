package org.cellstream.jobs.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.KeyGroupsSavepointStateHandle;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.CommonSerializerKeys;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.cellstream.jobs.replay.WrongInputException;

/** How an operator's keys were written. */
final class KeyedHandles {

    private final List<KeyedStateHandle> handles;

    KeyedHandles(OperatorState operator) {
        handles =
                operator.getStates().stream()
                        .flatMap(subtask -> subtask.getManagedKeyedState().stream())
                        .toList();
    }

    /**
     * What reads them. Canonical savepoints can be read by any, so by the one that needs no memory
     * for all keys.
     */
    StateBackend backend() {
        boolean onHeap =
                !handles.isEmpty()
                        && handles.get(0) instanceof KeyGroupsStateHandle
                        && !(handles.get(0) instanceof KeyGroupsSavepointStateHandle);
        return onHeap ? new HashMapStateBackend() : new EmbeddedRocksDBStateBackend(true);
    }

    /**
     * How a state's values were written; empty if there are no keys.
     *
     * @throws WrongInputException if there are keys, but no such state, or it cannot be known how
     *     it was written, as by a newer Cellstream
     */
    Optional<TypeSerializerSnapshot<?>> serializer(String state) throws IOException {
        if (handles.isEmpty()) {
            return Optional.empty();
        }
        List<StateMetaInfoSnapshot> states = states(handles.get(0));
        Optional<StateMetaInfoSnapshot> found =
                states.stream().filter(one -> one.getName().equals(state)).findFirst();
        if (found.isEmpty()) {
            throw new WrongInputException(
                    "the operator has no state %s; it has %s"
                            .formatted(
                                    state,
                                    states.stream().map(StateMetaInfoSnapshot::getName).toList()));
        }
        return Optional.ofNullable(
                found.get().getTypeSerializerSnapshot(CommonSerializerKeys.VALUE_SERIALIZER));
    }

    private static List<StateMetaInfoSnapshot> states(KeyedStateHandle handle) throws IOException {
        KeyedBackendSerializationProxy<?> proxy =
                new KeyedBackendSerializationProxy<>(KeyedHandles.class.getClassLoader());
        try (InputStream in = description(handle).openInputStream()) {
            proxy.read(new DataInputViewStreamWrapper(in));
        } catch (IOException | RuntimeException e) {
            throw new WrongInputException("the keys cannot be read: " + Causes.first(e), e);
        }
        return proxy.getStateMetaInfoSnapshots();
    }

    /** Where a handle says how its states were written. */
    private static StreamStateHandle description(KeyedStateHandle handle)
            throws WrongInputException {
        if (handle instanceof KeyGroupsStateHandle full) {
            return full.getDelegateStateHandle();
        }
        if (handle instanceof IncrementalRemoteKeyedStateHandle incremental) {
            return incremental.getMetaDataStateHandle();
        }
        throw new WrongInputException(
                "the keys were written as %s; need a savepoint, or a checkpoint of RocksDB or the heap"
                        .formatted(handle.getClass().getSimpleName()));
    }
}
