package org.cellstream.state;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes a memory as its length and the bytes of {@link KeyMemoryFormat}. It reads memories of
 * every shape: whether one fits is the {@link Intake}'s question.
 */
@Internal
public final class KeyMemorySerializer extends TypeSerializer<KeyMemory> {

    private static final long serialVersionUID = 1L;

    private final String shape;

    /**
     * @param shape description of the network and columns of this job, kept in the snapshot
     */
    KeyMemorySerializer(String shape) {
        this.shape = shape;
    }

    /** A serializer for memories of one shape. */
    public static KeyMemorySerializer of(MemoryShape shape) {
        return new KeyMemorySerializer(shape.describe());
    }

    String shape() {
        return shape;
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public TypeSerializer<KeyMemory> duplicate() {
        return this; // holds no scratch memory
    }

    @Override
    public KeyMemory createInstance() {
        return new KeyMemory(0, new double[0], new float[0]);
    }

    @Override
    public KeyMemory copy(KeyMemory from) {
        return from.copy();
    }

    @Override
    public KeyMemory copy(KeyMemory from, KeyMemory reuse) {
        return from.copy();
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(KeyMemory memory, DataOutputView target) throws IOException {
        byte[] bytes = KeyMemoryFormat.write(memory);
        target.writeInt(bytes.length);
        target.write(bytes);
    }

    @Override
    public KeyMemory deserialize(DataInputView source) throws IOException {
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        return KeyMemoryFormat.read(bytes);
    }

    @Override
    public KeyMemory deserialize(KeyMemory reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        // Not write(source, length): Flink's in-memory output does not grow for it.
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        target.writeInt(bytes.length);
        target.write(bytes);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof KeyMemorySerializer s && shape.equals(s.shape);
    }

    @Override
    public int hashCode() {
        return Objects.hash(shape);
    }

    @Override
    public TypeSerializerSnapshot<KeyMemory> snapshotConfiguration() {
        return new KeyMemorySerializerSnapshot(shape);
    }
}
