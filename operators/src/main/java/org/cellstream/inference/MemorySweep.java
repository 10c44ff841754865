package org.cellstream.inference;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.ScheduledFuture;
import java.util.stream.Stream;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.cellstream.state.MemoryState;
import org.cellstream.state.ResidentMemories;
import org.jspecify.annotations.Nullable;

/**
 * Gives back the space of keys that have outlived their time to live: a slice of the key groups
 * after each checkpoint, a few keys at a time, so that no event waits long.
 *
 * <p>Whether a key is forgotten is decided by its own next event, not here: a sweep takes only what
 * no event could bring back, unless it came behind the watermark by more than the time to live. So
 * when and whether a sweep comes changes no result.
 */
final class MemorySweep<K> implements AutoCloseable {

    /** A pass over all key groups takes so many checkpoints. */
    private static final int SLICES = 32;

    private static final int KEYS_AT_A_TIME = 256;
    private static final long PAUSE_MILLIS = 2;

    private final long timeToLive;
    private final KeyedStateBackend<K> backend;
    private final TaskInfo task;
    private final ProcessingTimeService timers;
    private final MemoryState state;
    private final ResidentMemories<K> residents;
    private final InferenceMetrics metrics;
    private @Nullable Stream<K> pass;
    private @Nullable Iterator<K> keys;
    private int group = -1;
    private int groupsLeft;
    private @Nullable ScheduledFuture<?> next;
    private long watermark = Long.MIN_VALUE;

    MemorySweep(
            Duration timeToLive,
            KeyedStateBackend<K> backend,
            StreamingRuntimeContext context,
            MemoryState state,
            ForecasterParts<K> parts) {
        this.timeToLive = timeToLive.toMillis();
        this.backend = backend;
        this.task = context.getTaskInfo();
        this.timers = context.getProcessingTimeService();
        this.state = state;
        this.residents = parts.residents();
        this.metrics = parts.metrics();
    }

    /** Notes the watermark of the forecaster, epoch milliseconds. */
    void reached(long time) {
        watermark = time;
    }

    /** Starts the next slice, or goes on with one that a checkpoint overtook. */
    void startSlice() {
        int most = task.getMaxNumberOfParallelSubtasks();
        int subtasks = task.getNumberOfParallelSubtasks();
        int groups = (most + subtasks - 1) / subtasks;
        groupsLeft = (groups + SLICES - 1) / SLICES;
        if (next == null) {
            sweepLater();
        }
    }

    private void sweepLater() {
        next =
                timers.registerTimer(
                        timers.getCurrentProcessingTime() + PAUSE_MILLIS,
                        time -> {
                            next = null;
                            if (sweep()) {
                                sweepLater();
                            }
                        });
    }

    /** Looks at the next keys; whether more of this slice is left. Moves the current key. */
    private boolean sweep() throws IOException {
        if (watermark == Long.MIN_VALUE || watermark == Watermark.MAX_WATERMARK.getTimestamp()) {
            return false;
        }
        long old = watermark - 2 * timeToLive;
        metrics.swept(residents.forgetOldest(old, watermark, KEYS_AT_A_TIME));
        Iterator<K> left = keys == null ? open() : keys;
        for (int i = 0; i < KEYS_AT_A_TIME && groupsLeft > 0; i++) {
            if (!left.hasNext()) {
                endPass(); // the next slice begins a new one
                return false;
            }
            K key = left.next();
            look(key, old);
            int at =
                    KeyGroupRangeAssignment.assignToKeyGroup(
                            key, task.getMaxNumberOfParallelSubtasks());
            if (at != group) {
                group = at;
                groupsLeft--;
            }
        }
        return groupsLeft > 0;
    }

    private Iterator<K> open() {
        Stream<K> all = backend.getKeys(MemoryState.NAME, VoidNamespace.INSTANCE);
        pass = all;
        keys = all.iterator();
        return keys;
    }

    private void look(K key, long old) throws IOException {
        backend.setCurrentKey(key);
        // What state holds of a resident key may be older than what is held.
        if (!residents.holds(key) && state.isOlder(old)) {
            state.clear();
            metrics.swept(1);
        }
    }

    private void endPass() {
        if (pass != null) {
            pass.close();
        }
        pass = null;
        keys = null;
        group = -1;
        groupsLeft = 0;
    }

    @Override
    public void close() {
        if (next != null) {
            next.cancel(false);
        }
        endPass();
    }
}
