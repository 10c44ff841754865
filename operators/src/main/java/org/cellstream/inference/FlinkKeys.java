package org.cellstream.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.cellstream.state.KeyFacts;

/** Keys as a job of Flink knows them: by their serializer and its maximum parallelism. */
final class FlinkKeys<K> implements KeyFacts<K> {

    /** Objects and headers around the bytes of a key, as of a String. */
    private static final int OVERHEAD = 48;

    private final TypeSerializer<K> serializer;
    private final int maxParallelism;
    private final DataOutputSerializer out = new DataOutputSerializer(64);

    FlinkKeys(TypeSerializer<K> serializer, int maxParallelism) {
        this.serializer = serializer;
        this.maxParallelism = maxParallelism;
    }

    @Override
    public int bytes(K key) {
        try {
            out.clear();
            serializer.serialize(key, out);
            return OVERHEAD + out.length();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the key " + key, e);
        }
    }

    @Override
    public int group(K key) {
        return KeyGroupRangeAssignment.assignToKeyGroup(key, maxParallelism);
    }
}
