package org.cellstream.state;

import org.apache.flink.annotation.Internal;

/** A key whose memory is held by {@link ResidentMemories}. */
@Internal
public final class Resident<K> {

    static final int UNCHANGED = -1;

    final K key;
    final KeyMemory memory;

    /** The row of h and c in the array of all states. */
    final int slot;

    /** The key group of the key. */
    final int group;

    /** Bytes of heap whatever the memory holds, and with what it held when it last changed. */
    int fixedBytes;

    int bytes;

    /** Place among {@link ChangedMemories}. */
    int changedAt = UNCHANGED;

    /** The last wave that it joined. */
    private long wave;

    Resident(K key, KeyMemory memory, int slot, int group) {
        this.key = key;
        this.memory = memory;
        this.slot = slot;
        this.group = group;
    }

    public K key() {
        return key;
    }

    /**
     * Joins a wave, in which each key is stepped at most once.
     *
     * @param number of the wave, above 0; no two have the same
     * @return whether it joined; false if it is in that wave already
     */
    public boolean joins(long number) {
        boolean joins = wave != number;
        wave = number;
        return joins;
    }

    /** What the key remembers; whoever changes it says so to the {@link ResidentMemories}. */
    public KeyMemory memory() {
        return memory;
    }
}
