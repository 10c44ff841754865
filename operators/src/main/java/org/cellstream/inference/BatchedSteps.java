package org.cellstream.inference;

import java.io.IOException;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.cellstream.config.BatchConfig;
import org.cellstream.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * Steps events in micro-batches: as soon as one is full or its first event has waited long enough,
 * and before anything that must find all events stepped.
 */
final class BatchedSteps<K> {

    private final ForecasterParts<K> parts;
    private final BatchConfig config;
    private final ServedWeights weights;
    private final EventSteps<K> steps;
    private final ProcessingTimeService timers;
    private final MicroBatch<K> batch = new MicroBatch<>();
    private @Nullable ScheduledFuture<?> delayTimer;

    BatchedSteps(
            ForecasterParts<K> parts,
            ServedWeights weights,
            EventSteps<K> steps,
            ProcessingTimeService timers) {
        this.parts = parts;
        this.config = parts.config().batch();
        this.weights = weights;
        this.steps = steps;
        this.timers = timers;
    }

    /** Adds an event. The caller's last act on its key: a flush moves the current key. */
    void add(Event<K> event) throws IOException {
        batch.add(event);
        if (batch.rows() >= config.maxRows()) {
            // Events of keys that had one before would be stepped in waves of a few: they are the
            // first of the next batch, unless they are too many to make room for one.
            step(FlushReason.FULL, config.maxRows() / 2);
        }
    }

    /** Notes that no further event is at hand. */
    void await() throws IOException {
        if (config.maxDelay().isZero()) {
            flush(FlushReason.FULL);
        } else if (delayTimer == null && !batch.isEmpty()) {
            delayTimer = delayTimer();
        }
    }

    private ScheduledFuture<?> delayTimer() {
        return timers.registerTimer(
                timers.getCurrentProcessingTime() + config.maxDelay().toMillis(),
                time -> {
                    delayTimer = null;
                    flush(FlushReason.DELAY);
                });
    }

    /** Steps all waiting rows. The caller's last act on its key: it moves the current key. */
    void flush(FlushReason reason) throws IOException {
        step(reason, 0);
    }

    private void step(FlushReason reason, int most) throws IOException {
        if (batch.isEmpty()) {
            return;
        }
        int before = batch.rows();
        steps.step(batch, most, weights.current());
        parts.metrics().flushed(reason, before - batch.rows());
        parts.residents().shrink();
        parts.metrics().holding(parts.residents());
    }
}
