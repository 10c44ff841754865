package org.cellstream.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.cellstream.event.Control;
import org.cellstream.event.Event;
import org.cellstream.event.WeightUpdate;

/**
 * The forecaster, all its subtasks, with sources that repeat what was not in the last checkpoint
 * and a sink that drops what came out since.
 */
final class ScheduledForecaster implements ScheduleTarget, AutoCloseable {

    private static final long NO_WATERMARK = Long.MIN_VALUE;

    private final TestingJob job;
    private final List<TestingForecaster> subtasks = new ArrayList<>();
    private final Outcome committed = new Outcome();

    /** What came since the last checkpoint, to be repeated after a failure. */
    private final List<Input> since = new ArrayList<>();

    private List<OperatorSubtaskState> checkpoint = List.of();
    private Watermarks watermarks = new Watermarks(NO_WATERMARK, NO_WATERMARK);
    private Watermarks ofCheckpoint = watermarks;

    /** Whether the sources have said again what they had said before the last start. */
    private boolean repeated;

    ScheduledForecaster(TestingJob job) throws Exception {
        this.job = job;
        start(1);
    }

    /** How far the two inputs are. */
    private record Watermarks(long events, long trainer) {}

    /** What the sources sent. */
    private interface Input {
        void send() throws Exception;
    }

    /** What every subtask gets. */
    private interface Broadcast {
        void to(TestingForecaster subtask) throws Exception;
    }

    private void start(int parallelism) throws Exception {
        subtasks.forEach(TestingForecaster::close);
        subtasks.clear();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            subtasks.add(TestingForecaster.of(job, parallelism, subtask, checkpoint));
        }
        watermarks = ofCheckpoint;
        repeated = false;
    }

    /**
     * Sources that start anew say nothing of event time at first, then less than they had said, and
     * no more than that before all that they had said.
     */
    private void repeatWatermarks() throws Exception {
        if (repeated) {
            return;
        }
        repeated = true;
        if (watermarks.events != NO_WATERMARK) {
            toAll(subtask -> subtask.eventWatermark(watermarks.events - 7));
            toAll(subtask -> subtask.eventWatermark(watermarks.events));
        }
        if (watermarks.trainer != NO_WATERMARK) {
            toAll(subtask -> subtask.trainerWatermark(watermarks.trainer));
        }
    }

    private void toAll(Broadcast broadcast) throws Exception {
        for (TestingForecaster subtask : subtasks) {
            broadcast.to(subtask);
        }
    }

    private void send(Input input) throws Exception {
        since.add(input);
        input.send();
    }

    private TestingForecaster of(String key) {
        int subtask =
                KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        key, TestingForecaster.KEY_GROUPS, subtasks.size());
        return subtasks.get(subtask);
    }

    @Override
    public void event(Event<String> event) throws Exception {
        send(() -> process(event));
    }

    /** With object reuse an event's arrays may change as soon as it was processed. */
    private void process(Event<String> event) throws Exception {
        double[] numbers = event.numbers().clone();
        of(event.key())
                .process(
                        new Event<>(
                                        event.key(),
                                        event.time(),
                                        numbers,
                                        event.partition(),
                                        event.offset())
                                .marked(event.marks()));
        if (job.objectReuse()) {
            Arrays.fill(numbers, -1e9);
        }
    }

    @Override
    public void order(Control<String> control) throws Exception {
        if (control.key() == null) {
            send(() -> toAll(subtask -> subtask.control(control)));
        } else {
            send(() -> of(control.key()).control(control));
        }
    }

    @Override
    public void weights(WeightUpdate update) throws Exception {
        send(() -> toAll(subtask -> subtask.weights(update)));
    }

    @Override
    public void eventWatermark(long time) throws Exception {
        send(
                () -> {
                    repeatWatermarks();
                    watermarks = new Watermarks(time, watermarks.trainer);
                    toAll(subtask -> subtask.eventWatermark(time));
                });
    }

    @Override
    public void trainerWatermark(long time) throws Exception {
        send(
                () -> {
                    repeatWatermarks();
                    watermarks = new Watermarks(watermarks.events, time);
                    toAll(subtask -> subtask.trainerWatermark(time));
                });
    }

    @Override
    public void passMillis(long millis) throws Exception {
        send(() -> toAll(subtask -> subtask.passMillis(millis)));
    }

    @Override
    public void barrier() throws Exception {
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (TestingForecaster subtask : subtasks) {
            states.add(subtask.checkpoint());
            committed.addAll(subtask.takeOutcome());
        }
        checkpoint = states;
        ofCheckpoint = watermarks;
        since.clear();
    }

    @Override
    public void failure() throws Exception {
        start(subtasks.size());
        for (Input input : since) {
            input.send();
        }
    }

    @Override
    public void rescale(int parallelism) throws Exception {
        barrier();
        start(parallelism);
    }

    @Override
    public void drain(int parallelism) throws Exception {
        eventWatermark(Long.MAX_VALUE);
        trainerWatermark(Long.MAX_VALUE);
        toAll(TestingForecaster::end);
        watermarks = new Watermarks(NO_WATERMARK, NO_WATERMARK);
        rescale(parallelism);
    }

    /** What reached the sink for good. */
    @Override
    public Outcome outcome() {
        return committed;
    }

    @Override
    public void close() {
        subtasks.forEach(TestingForecaster::close);
    }
}
