package org.cellstream.jobs.kafka;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.jspecify.annotations.Nullable;

/**
 * A restored enumerator that knows all partitions of a bounded source, and tells each reader that
 * no more will come once it has given it what it has.
 */
final class EndingEnumerator implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {

    private final SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restored;
    private final SplitEnumeratorContext<KafkaPartitionSplit> context;

    EndingEnumerator(
            SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restored,
            SplitEnumeratorContext<KafkaPartitionSplit> context) {
        this.restored = restored;
        this.context = context;
    }

    @Override
    public void start() {
        restored.start();
    }

    @Override
    public void addReader(int subtaskId) {
        restored.addReader(subtaskId);
        context.signalNoMoreSplits(subtaskId);
    }

    @Override
    public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtaskId) {
        restored.addSplitsBack(splits, subtaskId);
    }

    @Override
    public void handleSplitRequest(int subtaskId, @Nullable String requesterHostname) {
        restored.handleSplitRequest(subtaskId, requesterHostname);
    }

    @Override
    public void handleSourceEvent(int subtaskId, SourceEvent sourceEvent) {
        restored.handleSourceEvent(subtaskId, sourceEvent);
    }

    @Override
    public KafkaSourceEnumState snapshotState(long checkpointId) throws Exception {
        return restored.snapshotState(checkpointId);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        restored.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        restored.notifyCheckpointAborted(checkpointId);
    }

    @Override
    public void close() throws IOException {
        restored.close();
    }
}
