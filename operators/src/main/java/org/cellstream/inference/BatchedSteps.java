package org.cellstream.inference;

import java.io.IOException;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.cellstream.config.BatchConfig;
import org.cellstream.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * Steps events in micro-batches: as soon as one is full, or no further event is at hand, or its
 * first event has waited long enough, and before anything that must find all events stepped.
 *
 * <p>To see that no event is at hand costs something for each that is. Where so many batches in a
 * row were full that there is hardly ever a pause, the wait alone ends one: a short one, as a pause
 * then means that there may be more.
 */
final class BatchedSteps<K> implements IdleMail.Waiting {

    /** So many full batches in a row mean that events come as fast as they are stepped. */
    private static final int BUSY_BATCHES = 8;

    /** Longest wait then, milliseconds: a timer in so many costs next to nothing. */
    private static final long BUSY_WAIT = 1;

    private final ForecasterParts<K> parts;
    private final BatchConfig config;
    private final ServedWeights weights;
    private final EventSteps<K> steps;
    private final ProcessingTimeService timers;
    private final IdleMail idleMail;
    private final MicroBatch<K> batch = new MicroBatch<>();
    private int fullInARow;
    private @Nullable ScheduledFuture<?> delayTimer;

    BatchedSteps(
            ForecasterParts<K> parts,
            ServedWeights weights,
            EventSteps<K> steps,
            ProcessingTimeService timers,
            MailboxExecutor mails) {
        this.parts = parts;
        this.config = parts.config().batch();
        this.weights = weights;
        this.steps = steps;
        this.timers = timers;
        this.idleMail = new IdleMail(mails, this);
    }

    /** Adds an event. The caller's last act on its key: a flush moves the current key. */
    void add(Event<K> event) throws IOException {
        batch.add(event);
        if (batch.rows() >= config.maxRows()) {
            // Events of keys that had one before would be stepped in waves of a few: they are the
            // first of the next batch, unless they are too many to make room for one.
            step(FlushReason.FULL, config.maxRows() / 2);
            fullInARow++;
        }
    }

    /** Notes that further events may be at hand or not. */
    void await() throws IOException {
        if (config.maxDelay().isZero()) {
            flush(FlushReason.FULL);
        } else if (!batch.isEmpty()) {
            if (delayTimer == null) {
                delayTimer = delayTimer();
            }
            if (!isBusy()) {
                idleMail.ask();
            }
        }
    }

    private boolean isBusy() {
        return fullInARow >= BUSY_BATCHES;
    }

    private ScheduledFuture<?> delayTimer() {
        long delay = config.maxDelay().toMillis();
        return timers.registerTimer(
                timers.getCurrentProcessingTime() + (isBusy() ? Math.min(BUSY_WAIT, delay) : delay),
                time -> {
                    delayTimer = null;
                    if (idleMail.isIdle()) {
                        fullInARow = 0;
                    }
                    flush(FlushReason.DELAY);
                });
    }

    @Override
    public boolean waits() {
        return !batch.isEmpty();
    }

    @Override
    public void idle() throws IOException {
        fullInARow = 0;
        flush(FlushReason.IDLE);
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
