package org.cellstream.benchmarks.keys;

import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceReaderBase;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.util.NumberSequenceIterator;

/**
 * The numbers from 0 on, by one subtask: so many at the start, so many more once the first
 * checkpoint is complete, and so on; then none. Restored, it goes on with the next number, from the
 * first stage on.
 */
final class StagedSource extends NumberSequenceSource {

    private static final long serialVersionUID = 1L;

    private final long[] stages;

    /**
     * @param stages how many numbers at the start and after each checkpoint
     */
    StagedSource(long... stages) {
        super(0, Long.MAX_VALUE - 1);
        this.stages = stages;
    }

    @Override
    public SourceReader<Long, NumberSequenceSplit> createReader(SourceReaderContext context) {
        return new Reader(context, stages);
    }

    /** Called in one thread. */
    @SuppressWarnings("try") // Flink says that its close() may throw anything
    private static final class Reader
            extends IteratorSourceReaderBase<
                    Long, Long, NumberSequenceIterator, NumberSequenceSplit> {

        private final long[] stages;
        private int stage;
        private long left;
        private CompletableFuture<Void> more = new CompletableFuture<>();

        Reader(SourceReaderContext context, long[] stages) {
            super(context);
            this.stages = stages;
            this.left = stages[0];
        }

        @Override
        protected Long convert(Long number) {
            left--;
            return number;
        }

        @Override
        public InputStatus pollNext(ReaderOutput<Long> output) {
            if (left == 0) {
                return InputStatus.NOTHING_AVAILABLE;
            }
            InputStatus status = super.pollNext(output);
            return left == 0 ? InputStatus.NOTHING_AVAILABLE : status;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return left == 0 ? more : super.isAvailable();
        }

        @Override
        public void notifyCheckpointComplete(long id) {
            stage++;
            left = stage < stages.length ? stages[stage] : 0;
            if (left > 0) {
                CompletableFuture<Void> released = more;
                more = new CompletableFuture<>();
                released.complete(null);
            }
        }
    }
}
