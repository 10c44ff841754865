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
            flush(FlushReason.FULL);
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
        if (batch.isEmpty()) {
            return;
        }
        parts.metrics().flushed(reason, batch.rows());
        steps.step(batch, weights.current());
        batch.clear();
        parts.residents().shrink();
        parts.metrics().holding(parts.residents());
    }
}
