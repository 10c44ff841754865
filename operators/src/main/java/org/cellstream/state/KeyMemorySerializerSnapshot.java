package org.cellstream.state;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps, beside the memories of a savepoint, which network and columns they were made for. */
@Internal
public final class KeyMemorySerializerSnapshot implements TypeSerializerSnapshot<KeyMemory> {

    private static final Logger LOG = LoggerFactory.getLogger(KeyMemorySerializerSnapshot.class);
    private static final int VERSION = 1;

    private String shape;

    /** For Flink, which then calls {@link #readSnapshot}. */
    public KeyMemorySerializerSnapshot() {
        this("");
    }

    KeyMemorySerializerSnapshot(String shape) {
        this.shape = shape;
    }

    @Override
    public int getCurrentVersion() {
        return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeUTF(shape);
    }

    @Override
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader userCodeClassLoader)
            throws IOException {
        if (readVersion != VERSION) {
            throw new IOException(
                    "key memories have snapshot version %d; this Cellstream reads version %d"
                            .formatted(readVersion, VERSION));
        }
        shape = in.readUTF();
    }

    @Override
    public TypeSerializer<KeyMemory> restoreSerializer() {
        return new KeyMemorySerializer(shape);
    }

    @Override
    public TypeSerializerSchemaCompatibility<KeyMemory> resolveSchemaCompatibility(
            TypeSerializerSnapshot<KeyMemory> oldSnapshot) {
        String before = ((KeyMemorySerializerSnapshot) oldSnapshot).shape;
        if (!before.equals(shape)) {
            LOG.warn(
                    "The restored memories are those of {}; this job runs {}. Keys with such a memory start cold.",
                    before,
                    shape);
        }
        return TypeSerializerSchemaCompatibility.compatibleAsIs();
    }
}
