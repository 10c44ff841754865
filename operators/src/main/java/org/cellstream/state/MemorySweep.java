package org.cellstream.state;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.ScheduledFuture;
import java.util.stream.Stream;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.jspecify.annotations.Nullable;

/**
 * Gives back the space of keys that have outlived their time to live: a slice of the key groups
 * after each checkpoint, a few keys at a time, so that no event waits long.
 *
 * <p>Whether a key is forgotten is decided by its own next event, not here: a sweep takes only what
 * no event could bring back, unless it came behind the watermark by more than the time to live. So
 * when and whether a sweep comes changes no result.
 */
@Internal
public final class MemorySweep<K> implements AutoCloseable {

    /** A pass over all key groups takes so many checkpoints. */
    private static final int SLICES = 32;

    private static final int KEYS_AT_A_TIME = 256;
    private static final long PAUSE_MILLIS = 2;

    private final long timeToLive;
    private final KeyedStateBackend<K> backend;
    private final TaskInfo task;
    private final ProcessingTimeService timers;
    private final MemoryState state;
    private final Keeper<K> keeper;
    private @Nullable Stream<K> pass;
    private @Nullable Iterator<K> keys;
    private int group = -1;
    private int groupsLeft;
    private @Nullable ScheduledFuture<?> next;
    private long watermark = Long.MIN_VALUE;

    /** Who else has to do with the memories that lie in state. */
    public interface Keeper<K> {

        /** Whether a key's memory must stay, however old it looks where it lies in state. */
        boolean needs(K key);

        /**
         * Forgets old keys whose memories do not lie in state alone.
         *
         * @param time event time before which a key's last event was, epoch milliseconds
         * @param now the latest time that a key's last event can reasonably have
         * @param most keys to look at
         * @return how many were forgotten
         */
        int forgetOldest(long time, long now, int most);

        /** Hears how many keys were forgotten. */
        void swept(int keys);
    }

    private MemorySweep(
            Duration timeToLive,
            AbstractStreamOperator<?> operator,
            MemoryState state,
            Keeper<K> keeper) {
        this.timeToLive = timeToLive.toMillis();
        this.backend = operator.getKeyedStateBackend();
        this.task = operator.getRuntimeContext().getTaskInfo();
        this.timers = operator.getRuntimeContext().getProcessingTimeService();
        this.state = state;
        this.keeper = keeper;
    }

    /**
     * The sweep of an operator that has been opened.
     *
     * @param timeToLive null for ever: then there is nothing to sweep, and no sweep
     */
    public static <K> @Nullable MemorySweep<K> of(
            @Nullable Duration timeToLive,
            AbstractStreamOperator<?> operator,
            MemoryState state,
            Keeper<K> keeper) {
        return timeToLive == null ? null : new MemorySweep<>(timeToLive, operator, state, keeper);
    }

    /** Notes the operator's watermark, epoch milliseconds. */
    public void reached(long time) {
        watermark = time;
    }

    /** Starts the next slice, or goes on with one that a checkpoint overtook. */
    public void startSlice() {
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
        keeper.swept(keeper.forgetOldest(old, watermark, KEYS_AT_A_TIME));
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
        if (!keeper.needs(key) && state.isOlder(old)) {
            state.clear();
            keeper.swept(1);
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
