package org.cellstream.savepoint;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.cellstream.state.KeyMemory;
import org.cellstream.state.KeyMemorySerializer;
import org.cellstream.state.KeyMemorySerializerSnapshot;
import org.jspecify.annotations.Nullable;

/** Reads the memories of a savepoint, key by key. Travels to where that is done. */
@Internal
public final class SavedMemories implements Serializable {

    /** The forecaster's keyed state: one memory for each key. */
    public static final String STATE = "key-memory";

    private static final long serialVersionUID = 1L;

    private final SavedShape shape;
    private final KeyMemorySerializer serializer;
    private transient @Nullable ValueState<KeyMemory> state;

    private SavedMemories(SavedShape shape, KeyMemorySerializer serializer) {
        this.shape = shape;
        this.serializer = serializer;
    }

    /**
     * The memories of a savepoint.
     *
     * @param written what the savepoint says of how {@link #STATE} was written
     * @throws IllegalArgumentException if that is no state of ours, or of a newer Cellstream
     */
    public static SavedMemories of(TypeSerializerSnapshot<?> written) {
        if (!(written instanceof KeyMemorySerializerSnapshot ours)) {
            throw new IllegalArgumentException(
                    "state %s was written by %s; need a Cellstream forecaster's"
                            .formatted(STATE, written.getClass().getSimpleName()));
        }
        return new SavedMemories(
                SavedShape.parse(ours.shape()), (KeyMemorySerializer) ours.restoreSerializer());
    }

    /** What the job ran that wrote them. A key that it never met again may be of an earlier one. */
    public SavedShape shape() {
        return shape;
    }

    /** Opens them where they are read. */
    public void open(RuntimeContext context) {
        state = context.getState(new ValueStateDescriptor<>(STATE, serializer));
    }

    /** The memory of the current key. */
    public SavedMemory read() throws IOException {
        if (state == null) {
            throw new IllegalStateException("memories are read before they were opened");
        }
        KeyMemory memory = state.value();
        if (memory == null) {
            throw new IOException("a key of state " + STATE + " has no memory");
        }
        SavedShape madeFor = madeFor(memory.madeFor());
        return new SavedMemory(
                memory.lastTime(),
                memory.step(),
                memory.stepsSinceReset(),
                memory.weightsGeneration(),
                memory.weightsNumber(),
                madeFor,
                madeFor == null ? List.of() : madeFor.layers(memory.state()));
    }

    private @Nullable SavedShape madeFor(@Nullable String description) {
        if (description == null) {
            return null;
        }
        return description.equals(shape.toString()) ? shape : SavedShape.parse(description);
    }
}
