package org.cellstream.inference;

import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.Triggerable;

/** Timers that release what a key holds for a slot. */
final class EventTimeRelease<K> implements Triggerable<K, Long> {

    /** Releases what the current key holds for a slot. */
    @FunctionalInterface
    interface Release {
        void slot(long slot) throws Exception;
    }

    private final Release release;

    EventTimeRelease(Release release) {
        this.release = release;
    }

    @Override
    public void onEventTime(InternalTimer<K, Long> timer) throws Exception {
        release.slot(timer.getNamespace());
    }

    @Override
    public void onProcessingTime(InternalTimer<K, Long> timer) {
        throw new IllegalStateException("held events have event-time timers only");
    }
}
