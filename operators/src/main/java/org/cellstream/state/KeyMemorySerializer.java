package org.cellstream.state;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.cellstream.nn.Precision;

/**
 * Writes a memory as its length and the bytes of {@link KeyMemoryFormat}. It reads memories of
 * every shape that any job of this state ran: what fits is the {@link MemoryAdoption}'s question.
 */
@Internal
public final class KeyMemorySerializer extends TypeSerializer<KeyMemory> {

    private static final long serialVersionUID = 2L;

    private final ShapeHistory shapes;
    private final Precision precision;

    /**
     * @param shapes descriptions of the network and columns of this job and of those before it
     * @param precision what h and c are rounded to
     */
    KeyMemorySerializer(ShapeHistory shapes, Precision precision) {
        this.shapes = shapes;
        this.precision = precision;
    }

    /** A serializer for memories of one shape, with h and c as they are. */
    public static KeyMemorySerializer of(MemoryShape shape) {
        return of(shape, Precision.FLOAT32);
    }

    /** A serializer for memories of one shape, whose h and c were rounded. */
    public static KeyMemorySerializer of(MemoryShape shape, Precision precision) {
        return new KeyMemorySerializer(new ShapeHistory(shape.describe(), List.of()), precision);
    }

    ShapeHistory shapes() {
        return shapes;
    }

    Precision precision() {
        return precision;
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
        byte[] bytes = KeyMemoryFormat.write(memory, precision);
        target.writeInt(bytes.length);
        target.write(bytes);
    }

    @Override
    public KeyMemory deserialize(DataInputView source) throws IOException {
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        KeyMemory memory = KeyMemoryFormat.read(bytes);
        memory.madeFor(shapes.describe(memory.shape));
        return memory;
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
        return o instanceof KeyMemorySerializer s
                && shapes.equals(s.shapes)
                && precision == s.precision;
    }

    @Override
    public int hashCode() {
        return Objects.hash(shapes, precision);
    }

    @Override
    public TypeSerializerSnapshot<KeyMemory> snapshotConfiguration() {
        return new KeyMemorySerializerSnapshot(this);
    }
}
