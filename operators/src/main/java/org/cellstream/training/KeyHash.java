package org.cellstream.training;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** A number for each key that is the same in every JVM: FNV-1a of its bytes. */
final class KeyHash<K> {

    private static final int INITIAL_BYTES = 64;

    private final TypeSerializer<K> keySerializer;
    private final DataOutputSerializer bytes = new DataOutputSerializer(INITIAL_BYTES);

    KeyHash(TypeSerializer<K> keySerializer) {
        this.keySerializer = keySerializer;
    }

    long of(K key) throws IOException {
        bytes.clear();
        keySerializer.serialize(key, bytes);
        byte[] written = bytes.getSharedBuffer();
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < bytes.length(); i++) {
            hash = (hash ^ (written[i] & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }
}
