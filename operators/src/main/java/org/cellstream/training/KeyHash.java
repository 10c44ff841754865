package org.cellstream.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** A hash of keys that is the same in every run. */
final class KeyHash<K> {

    private final TypeSerializer<K> serializer;
    private final DataOutputSerializer bytes = new DataOutputSerializer(64);

    KeyHash(TypeSerializer<K> serializer) {
        this.serializer = serializer;
    }

    /** FNV-1a of the key's bytes. */
    long of(K key) {
        bytes.clear();
        try {
            serializer.serialize(key, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("key " + key + " cannot be serialized", e);
        }
        byte[] written = bytes.getSharedBuffer();
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < bytes.length(); i++) {
            hash = (hash ^ (written[i] & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }
}
