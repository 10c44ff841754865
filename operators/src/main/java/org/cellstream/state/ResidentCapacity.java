package org.cellstream.state;

import org.apache.flink.annotation.Internal;
import org.cellstream.config.MemoryConfig;

/**
 * How many memories are held.
 *
 * @param bytes most bytes of heap
 * @param keys most memories
 * @param atLeast memories that are held whatever they take
 * @param spareRows rows of the array of states that belong to no key
 */
@Internal
public record ResidentCapacity(long bytes, int keys, int atLeast, int spareRows) {

    /** Memories grow while they are stepped, when none can be evicted: room for each of a batch. */
    private static final long GROWTH_BYTES = 1024;

    /** At most this part of the size is held back for that. */
    private static final int GROWTH_PART = 100;

    /**
     * The capacity that options ask for.
     *
     * @param batchRows rows that are stepped together: the memories of so many keys are needed at
     *     one time
     * @param spareRows rows that belong to no key
     */
    public static ResidentCapacity of(MemoryConfig config, int batchRows, int spareRows) {
        Integer keys = config.residentKeys();
        long size = config.residentSize().getBytes();
        long growth = Math.min(size / GROWTH_PART, GROWTH_BYTES * batchRows);
        return keys == null
                ? new ResidentCapacity(size - growth, Integer.MAX_VALUE, batchRows, spareRows)
                : new ResidentCapacity(Long.MAX_VALUE, keys, batchRows, spareRows);
    }
}
