package org.cellstream.inference;

import org.cellstream.state.MemorySweep;
import org.cellstream.state.ResidentMemories;

/** Keeps the memories of resident keys from a sweep, and sweeps them where they are. */
record ResidentKeeper<K>(ResidentMemories<K> residents, InferenceMetrics metrics)
        implements MemorySweep.Keeper<K> {

    /** What state holds of a resident key may be older than what is held. */
    @Override
    public boolean needs(K key) {
        return residents.holds(key);
    }

    @Override
    public int forgetOldest(long time, long now, int most) {
        return residents.forgetOldest(time, now, most);
    }

    @Override
    public void swept(int keys) {
        metrics.swept(keys);
    }
}
