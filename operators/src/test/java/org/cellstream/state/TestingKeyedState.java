package org.cellstream.state;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.cellstream.nn.Precision;
import org.jspecify.annotations.Nullable;

/** One keyed value, kept as an object like the heap backend does, or as bytes like RocksDB. */
final class TestingKeyedState implements KeyContext, ValueState<KeyMemory> {

    final KeyMemorySerializer serializer;
    final Map<Object, Object> values = new HashMap<>();
    private final boolean asBytes;
    private @Nullable Object key;
    int writes;

    TestingKeyedState(MemoryShape shape, boolean asBytes) {
        this.serializer = KeyMemorySerializer.of(shape, Precision.FLOAT32);
        this.asBytes = asBytes;
    }

    MemoryState memories(MemoryShape shape) {
        KeyedStateStore store =
                (KeyedStateStore)
                        Proxy.newProxyInstance(
                                getClass().getClassLoader(),
                                new Class<?>[] {KeyedStateStore.class},
                                (proxy, method, args) ->
                                        switch (method.getName()) {
                                            case "getState" -> this;
                                            case "getBackendTypeIdentifier" ->
                                                    asBytes ? "rocksdb" : "hashmap";
                                            default ->
                                                    throw new UnsupportedOperationException(
                                                            method.getName());
                                        });
        return new MemoryState(store, shape);
    }

    @Override
    public void setCurrentKey(Object current) {
        key = current;
    }

    @Override
    public Object getCurrentKey() {
        return Objects.requireNonNull(key);
    }

    /** What is kept of a key, read as a restore would. */
    @Nullable KeyMemory of(Object other) throws IOException {
        Object kept = values.get(other);
        return kept instanceof byte[] bytes
                ? serializer.deserialize(new DataInputDeserializer(bytes))
                : (KeyMemory) kept;
    }

    @Override
    public @Nullable KeyMemory value() throws IOException {
        return of(getCurrentKey());
    }

    @Override
    public void update(KeyMemory memory) throws IOException {
        writes++;
        Object kept = memory;
        if (asBytes) {
            DataOutputSerializer out = new DataOutputSerializer(64);
            serializer.serialize(memory, out);
            kept = out.getCopyOfBuffer();
        }
        values.put(getCurrentKey(), kept);
    }

    @Override
    public void clear() {
        values.remove(getCurrentKey());
    }
}
