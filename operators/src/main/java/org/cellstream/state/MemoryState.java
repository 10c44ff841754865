package org.cellstream.state;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.jspecify.annotations.Nullable;

/** The memories of an operator's keys in Flink's managed state: one value per key. */
@Internal
public final class MemoryState {

    private static final String NAME = "key-memory";

    private final ValueState<KeyMemory> state;

    public MemoryState(KeyedStateStore store, MemoryShape shape) {
        this.state =
                store.getState(new ValueStateDescriptor<>(NAME, KeyMemorySerializer.of(shape)));
    }

    /** A copy of the current key's memory, the caller's to change; null for a key never seen. */
    public @Nullable KeyMemory read() throws IOException {
        KeyMemory memory = state.value();
        return memory == null ? null : memory.copy();
    }

    /** Writes the current key's memory, which the caller must not change any more. */
    public void write(KeyMemory memory) throws IOException {
        state.update(memory);
    }
}
