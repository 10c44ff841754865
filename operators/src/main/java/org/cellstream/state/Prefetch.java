package org.cellstream.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the memories of many keys ahead of their use, in stages: each reads for all keys what the
 * one before has found, so that the processor waits for main memory once a stage, and not once a
 * key and stage. Not thread safe.
 */
final class Prefetch<K> {

    private @Nullable Resident<K>[] found = array(0);
    private int[] places = new int[0];

    @SuppressWarnings({"unchecked", "rawtypes"}) // no array can be made of a generic type
    private static <K> @Nullable Resident<K>[] array(int length) {
        return new Resident[length];
    }

    /**
     * Reads what a step of each key will need.
     *
     * @param keys at least {@code count}
     * @return nothing that means anything, but that keeps the reads
     */
    int read(ResidentTable<K> rows, Object[] keys, int count) {
        if (places.length < count) {
            found = array(count);
            places = new int[count];
        }
        int read = rows.warm(keys, count, found, places);
        for (int i = 0; i < count; i++) {
            Resident<K> resident = found[i];
            read += resident == null ? 0 : resident.slot;
        }
        for (int i = 0; i < count; i++) {
            Resident<K> resident = found[i];
            if (resident != null && resident.key.equals(keys[i])) {
                read += resident.memory.at();
            }
        }
        for (int i = 0; i < count; i++) {
            Resident<K> resident = found[i];
            read += resident == null ? 0 : resident.memory.warm();
        }
        Arrays.fill(found, 0, count, null); // who is evicted is to be collected
        return read;
    }
}
