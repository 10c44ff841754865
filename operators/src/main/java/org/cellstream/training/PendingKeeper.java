package org.cellstream.training;

import org.cellstream.state.MemorySweep;

/** Keeps the memories of keys whose windows wait from a sweep. */
record PendingKeeper<K>(PendingWindows<K> pending, TrainingMetrics metrics)
        implements MemorySweep.Keeper<K> {

    /** A window that waits may start where the memory says that the one before it ended. */
    @Override
    public boolean needs(K key) {
        return pending.isWaitingFor(key);
    }

    /** All of the trainer's memories lie in state. */
    @Override
    public int forgetOldest(long time, long now, int most) {
        return 0;
    }

    @Override
    public void swept(int keys) {
        metrics.swept(keys);
    }
}
