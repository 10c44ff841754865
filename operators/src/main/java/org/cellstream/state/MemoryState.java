package org.cellstream.state;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.cellstream.nn.Precision;
import org.jspecify.annotations.Nullable;

/** The memories of an operator's keys in Flink's managed state: one value per key. */
@Internal
public final class MemoryState {

    /** The state's name, which never changes. */
    public static final String NAME = "key-memory";

    private static final String SERIALISING_BACKEND = "rocksdb";

    private final ValueState<KeyMemory> state;
    private final MemoryAdoption adoption;
    private final boolean keepsObjects;
    private final Precision precision;
    private final Counter adopted = new SimpleCounter();
    private final Counter unknown = new SimpleCounter();

    public MemoryState(KeyedStateStore store, MemoryShape shape) {
        this(store, shape, Precision.FLOAT32);
    }

    /**
     * @param precision what h and c of these memories are rounded to
     */
    public MemoryState(KeyedStateStore store, MemoryShape shape, Precision precision) {
        this.state = store.getState(descriptor(KeyMemorySerializer.of(shape, precision)));
        this.adoption = new MemoryAdoption(shape);
        this.precision = precision;
        this.keepsObjects = !store.getBackendTypeIdentifier().equals(SERIALISING_BACKEND);
    }

    /** How the memories are registered. */
    public static ValueStateDescriptor<KeyMemory> descriptor(KeyMemorySerializer serializer) {
        return new ValueStateDescriptor<>(NAME, serializer);
    }

    /**
     * The current key's memory, the caller's to change; null for a key never seen. Of a memory made
     * for another network or other columns it holds what fits, and of one written in another
     * precision what it would be if it had been written in this one.
     */
    public @Nullable KeyMemory read() throws IOException {
        KeyMemory memory = state.value();
        if (memory == null) {
            return null;
        }
        if (adoption.fits(memory)) {
            return rounded(keepsObjects ? memory.copy() : memory);
        }
        KeyMemory fitting = adoption.adopt(memory);
        (fitting == null ? unknown : adopted).inc();
        return fitting == null ? null : rounded(fitting);
    }

    private KeyMemory rounded(KeyMemory memory) {
        precision.round(memory.layers(), memory.at(), memory.at() + memory.stateSize());
        return memory;
    }

    /** Writes the current key's memory, which stays the caller's to change. */
    public void write(KeyMemory memory) throws IOException {
        state.update(keepsObjects ? memory.copy() : memory);
    }

    /**
     * Whether the current key's last event was before an event time, epoch milliseconds, and
     * nothing waits for its next.
     */
    public boolean isOlder(long time) throws IOException {
        KeyMemory memory = state.value();
        return memory != null
                && memory.step() > 0
                && memory.lastTime() < time
                && memory.orders() == null;
    }

    /** Forgets the current key's memory. */
    public void clear() {
        state.clear();
    }

    /** Memories of another network or other columns of which something was taken over. */
    public Counter adopted() {
        return adopted;
    }

    /** Memories of an unknown network or columns, of which nothing was taken over. */
    public Counter unknown() {
        return unknown;
    }
}
