package org.cellstream.benchmarks.harness;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/** One subtask of an {@link InMemorySource}. Called in one thread. */
final class InMemoryReader<T> implements SourceReader<T, NumberSequenceSplit> {

    /** Most that a reader sleeps before an item is due: a barrier may be waiting meanwhile. */
    private static final long LONGEST_PAUSE_NANOS = 100_000;

    private final Tap tap;
    private final Items<T> items;
    private final int subtask;
    private final int subtasks;
    private @Nullable Stage stage;
    private Items.@Nullable Next<T> next;
    private long count;
    private long emitted;

    InMemoryReader(Tap tap, Items<T> items, SourceReaderContext context) {
        this.tap = tap;
        this.items = items;
        this.subtask = context.getIndexOfSubtask();
        this.subtasks = context.currentParallelism();
    }

    @Override
    public void start() {}

    @Override
    @SuppressWarnings("ReferenceEquality") // a stage is told once, and this is for each event
    public InputStatus pollNext(ReaderOutput<T> output) {
        Stage told = tap.stage();
        if (told != stage) {
            begin(told);
        }
        Items.Next<T> making = next;
        if (told == null || making == null || emitted == count) {
            return InputStatus.NOTHING_AVAILABLE;
        }
        long time = told.begin();
        if (told.perSecond() > 0) {
            time = told.due(emitted, subtasks);
            long wait = time - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(Math.min(wait, LONGEST_PAUSE_NANOS));
                return InputStatus.MORE_AVAILABLE;
            }
        }
        output.collect(making.next(time));
        emitted++;
        return InputStatus.MORE_AVAILABLE;
    }

    private void begin(@Nullable Stage told) {
        stage = told;
        next = told == null ? null : items.begin(told, subtask, subtasks);
        count = told == null ? 0 : told.share(subtask, subtasks);
        emitted = 0;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        // Flink also asks when its output was full for a moment, with items left here.
        return emitted < count
                ? CompletableFuture.completedFuture(null)
                : tap.after(stage == null ? 0 : stage.number());
    }

    @Override
    public List<NumberSequenceSplit> snapshotState(long checkpoint) {
        LatencyRecorder.checkpointBegins();
        return List.of();
    }

    @Override
    public void addSplits(List<NumberSequenceSplit> splits) {}

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
}
