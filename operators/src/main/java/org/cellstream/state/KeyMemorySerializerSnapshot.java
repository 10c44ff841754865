package org.cellstream.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.cellstream.nn.Precision;

/**
 * Keeps, beside the memories of a savepoint, which networks and columns they were made for.
 *
 * <p>Version 1 named the last one only, for memories of columns in a layout that is not read any
 * more: keys with such a memory start cold.
 */
@Internal
public final class KeyMemorySerializerSnapshot implements TypeSerializerSnapshot<KeyMemory> {

    private static final int FIRST_VERSION = 1;
    private static final int VERSION = 2;

    private KeyMemorySerializer serializer;

    /** For Flink, which then calls {@link #readSnapshot}. */
    public KeyMemorySerializerSnapshot() {
        this(new KeyMemorySerializer(new ShapeHistory("", List.of()), Precision.FLOAT32));
    }

    KeyMemorySerializerSnapshot(KeyMemorySerializer serializer) {
        this.serializer = serializer;
    }

    /** Description of the network and columns of the job that wrote this. */
    public String shape() {
        return serializer.shapes().now();
    }

    @Override
    public int getCurrentVersion() {
        return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeUTF(serializer.shapes().now());
        List<String> before = serializer.shapes().before();
        out.writeInt(before.size());
        for (String shape : before) {
            out.writeUTF(shape);
        }
        out.writeUTF(serializer.precision().name());
    }

    @Override
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader userCodeClassLoader)
            throws IOException {
        if (readVersion < FIRST_VERSION || readVersion > VERSION) {
            throw new IOException(
                    "key memories have snapshot version %d; this Cellstream reads versions %d to %d"
                            .formatted(readVersion, FIRST_VERSION, VERSION));
        }
        String now = in.readUTF();
        List<String> before = new ArrayList<>();
        Precision precision = Precision.FLOAT32;
        if (readVersion > FIRST_VERSION) {
            for (int left = in.readInt(); left > 0; left--) {
                before.add(in.readUTF());
            }
            precision = precision(in.readUTF());
        }
        serializer = new KeyMemorySerializer(new ShapeHistory(now, before), precision);
    }

    private static Precision precision(String name) throws IOException {
        try {
            return Precision.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "key memories have precision %s; this Cellstream reads %s"
                            .formatted(name, Arrays.toString(Precision.values())),
                    e);
        }
    }

    @Override
    public TypeSerializer<KeyMemory> restoreSerializer() {
        return serializer;
    }

    @Override
    public TypeSerializerSchemaCompatibility<KeyMemory> resolveSchemaCompatibility(
            TypeSerializerSnapshot<KeyMemory> oldSnapshot) {
        ShapeHistory old = ((KeyMemorySerializerSnapshot) oldSnapshot).serializer.shapes();
        ShapeHistory shapes = serializer.shapes().after(old);
        // Bytes name their shape and precision, so none is ever migrated: memories not touched for
        // years stay as they are.
        return shapes.equals(serializer.shapes())
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.compatibleWithReconfiguredSerializer(
                        new KeyMemorySerializer(shapes, serializer.precision()));
    }
}
