package org.cellstream;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.cellstream.event.Event;

/**
 * Fails once, at the first event past the given count for which a checkpoint has completed before.
 */
final class FailOnceFunction
        implements MapFunction<Event<String>, Event<String>>, CheckpointListener {

    private static final long serialVersionUID = 1L;

    private static volatile boolean failed;

    private final long after;
    private long seen;
    private boolean checkpointed;

    FailOnceFunction(long after) {
        this.after = after;
    }

    static void reset() {
        failed = false;
    }

    static boolean hasFailed() {
        return failed;
    }

    @Override
    public Event<String> map(Event<String> event) {
        seen++;
        if (checkpointed && !failed && seen > after) {
            failed = true;
            throw new IllegalStateException("a failure on purpose");
        }
        return event;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        checkpointed = true;
    }
}
