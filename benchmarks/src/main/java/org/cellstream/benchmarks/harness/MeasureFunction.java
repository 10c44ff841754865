package org.cellstream.benchmarks.harness;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.cellstream.event.Forecast;

/**
 * Counts forecasts behind the operator, in the operator's thread, and records them if somebody
 * wants that. Lets all through.
 */
final class MeasureFunction extends RichFilterFunction<Forecast<Long>>
        implements CheckpointListener {

    private static final long serialVersionUID = 1L;

    /** Of the subtasks in this JVM; a JVM runs one job. */
    private static final Queue<AtomicLong> COUNTS = new ConcurrentLinkedQueue<>();

    private static final Queue<Long> THREADS = new ConcurrentLinkedQueue<>();

    private transient AtomicLong count;
    private transient long counted;

    /** Forecasts of all subtasks since the job started. */
    static long forecasts() {
        return COUNTS.stream().mapToLong(AtomicLong::get).sum();
    }

    /** The threads of the operator's subtasks. */
    static long[] threads() {
        return THREADS.stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public void open(OpenContext context) {
        count = new AtomicLong();
        COUNTS.add(count);
        THREADS.add(Thread.currentThread().getId());
    }

    @Override
    public boolean filter(Forecast<Long> forecast) {
        counted++;
        count.lazySet(counted); // no fence: who looks does so each millisecond
        LatencyRecorder recorder = LatencyRecorder.active();
        if (recorder != null) {
            recorder.record(forecast.time(), forecast.weightsNumber());
        }
        return true;
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
        LatencyRecorder.checkpointEnds();
    }
}
