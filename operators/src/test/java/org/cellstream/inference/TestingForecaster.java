package org.cellstream.inference;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.cellstream.TestingMetrics;
import org.cellstream.event.Control;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Rejected;
import org.cellstream.event.Shared;
import org.cellstream.event.StateReport;
import org.cellstream.event.WeightUpdate;
import org.cellstream.state.KeyMemory;
import org.cellstream.state.KeyMemorySerializer;
import org.cellstream.state.MemoryShape;
import org.cellstream.state.MemoryState;
import org.jspecify.annotations.Nullable;

/** A forecaster in Flink's harness: what a test says to it, and what it gave back. */
final class TestingForecaster implements AutoCloseable {

    static final int KEY_GROUPS = 16;

    private final KeyedTwoInputStreamOperatorTestHarness<
                    String, Event<String>, Shared<String>, Forecast<String>>
            harness;
    private final MemoryShape shape;
    private long checkpoints;

    /** Which of how many subtasks it is, and how many key groups they share. */
    private record Place(int keyGroups, int parallelism, int subtask) {

        static final Place ALONE = new Place(KEY_GROUPS, 1, 0);
    }

    private TestingForecaster(TestingJob job, Place place, Optional<OperatorSubtaskState> state)
            throws Exception {
        shape = job.shape();
        ForecastingOperator<String> operator =
                new ForecastingOperator<>(shape, job.config(), job.first(), Types.STRING);
        harness =
                new KeyedTwoInputStreamOperatorTestHarness<>(
                        operator,
                        Event::key,
                        null,
                        Types.STRING,
                        place.keyGroups,
                        place.parallelism,
                        place.subtask);
        harness.setStateBackend(
                job.rocksDb() ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend());
        if (job.objectReuse()) {
            harness.getExecutionConfig().enableObjectReuse();
        }
        harness.setup(
                Forecast.type(Types.STRING)
                        .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
        if (state.isPresent()) {
            harness.initializeState(state.get());
        }
        harness.open();
    }

    static TestingForecaster start(ForecasterSetup setup) throws Exception {
        return new TestingForecaster(setup.job(), Place.ALONE, Optional.empty());
    }

    /** One whose keys fall into so many key groups. */
    static TestingForecaster start(ForecasterSetup setup, int keyGroups) throws Exception {
        return new TestingForecaster(setup.job(), new Place(keyGroups, 1, 0), Optional.empty());
    }

    static TestingForecaster restore(ForecasterSetup setup, OperatorSubtaskState state)
            throws Exception {
        return new TestingForecaster(setup.job(), Place.ALONE, Optional.of(state));
    }

    /**
     * Restores subtask {@code subtask} of {@code parallelism} from the states of all subtasks
     * before.
     */
    static TestingForecaster rescaled(
            ForecasterSetup setup, int parallelism, int subtask, List<OperatorSubtaskState> states)
            throws Exception {
        return of(setup.job(), parallelism, subtask, states);
    }

    /**
     * Starts subtask {@code subtask} of {@code parallelism} from the states of all subtasks before;
     * from none, if there were none.
     */
    static TestingForecaster of(
            TestingJob job, int parallelism, int subtask, List<OperatorSubtaskState> states)
            throws Exception {
        Place place = new Place(KEY_GROUPS, parallelism, subtask);
        if (states.isEmpty()) {
            return new TestingForecaster(job, place, Optional.empty());
        }
        OperatorSubtaskState share =
                KeyedTwoInputStreamOperatorTestHarness.repartitionOperatorState(
                        KeyedTwoInputStreamOperatorTestHarness.repackageState(
                                states.toArray(new OperatorSubtaskState[0])),
                        KEY_GROUPS,
                        states.size(),
                        parallelism,
                        subtask);
        return new TestingForecaster(job, place, Optional.of(share));
    }

    void process(String key, long time, double value) throws Exception {
        process(Event.of(key, time, value));
    }

    void process(Event<String> event) throws Exception {
        harness.processElement1(new StreamRecord<>(event, event.time()));
    }

    void weights(WeightUpdate update) throws Exception {
        harness.processElement2(new StreamRecord<>(Shared.of(update)));
    }

    /** An order about one key, or about all. */
    void control(Control<String> control) throws Exception {
        if (control.key() == null) {
            harness.processElement2(new StreamRecord<>(Shared.of(control)));
        } else {
            process(Event.of(control));
        }
    }

    void eventWatermark(long time) throws Exception {
        harness.processWatermark1(new Watermark(time));
    }

    void trainerWatermark(long time) throws Exception {
        harness.processWatermark2(new Watermark(time));
    }

    void watermarks(long time) throws Exception {
        eventWatermark(time);
        trainerWatermark(time);
    }

    void passMillis(long millis) throws Exception {
        harness.setProcessingTime(harness.getProcessingTime() + millis);
    }

    void end() throws Exception {
        harness.endInput1();
        harness.endInput2();
        harness.getOperator().finish();
    }

    /**
     * Both halves of a checkpoint: the hook before the barrier, which the harness leaves out, and
     * the snapshot.
     */
    OperatorSubtaskState checkpoint() throws Exception {
        checkpoints++;
        harness.prepareSnapshotPreBarrier(checkpoints);
        return harness.snapshot(checkpoints, checkpoints);
    }

    List<Forecast<String>> forecasts() {
        return harness.extractOutputValues();
    }

    /** Forecasts and watermarks, as they left. */
    List<Object> output() {
        return new ArrayList<>(harness.getOutput());
    }

    List<Event<String>> late() {
        var records = harness.getSideOutput(ForecastingOperator.late(Event.type(Types.STRING)));
        return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
    }

    List<Rejected> rejected() {
        var records = harness.getSideOutput(ForecastingOperator.rejected());
        return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
    }

    List<StateReport<String>> reports() {
        var records = harness.getSideOutput(ForecastingOperator.reports(Types.STRING));
        return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
    }

    /** What state holds of a key, not what lies resident before it; null for nothing. */
    @Nullable KeyMemory stored(String key) throws Exception {
        KeyedStateBackend<String> backend = harness.getOperator().getKeyedStateBackend();
        backend.setCurrentKey(key);
        return backend.getPartitionedState(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        MemoryState.descriptor(KeyMemorySerializer.of(shape)))
                .value();
    }

    int eventTimers() {
        return harness.numEventTimeTimers();
    }

    TestingMetrics metrics() {
        return new TestingMetrics(harness.getOperator().getMetricGroup());
    }

    /** All that came out since it was last taken. */
    Outcome takeOutcome() {
        Outcome outcome = new Outcome();
        forecasts().forEach(outcome::forecast);
        late().forEach(outcome::late);
        rejected().forEach(outcome::rejected);
        reports().forEach(outcome::report);
        harness.getOutput().clear();
        Stream.of(
                        ForecastingOperator.late(Event.type(Types.STRING)),
                        ForecastingOperator.rejected(),
                        ForecastingOperator.reports(Types.STRING))
                .map(harness::getSideOutput)
                .filter(Objects::nonNull)
                .forEach(Collection::clear);
        return outcome;
    }

    @Override
    public void close() {
        try {
            harness.close();
        } catch (Exception e) {
            throw new AssertionError("closing the operator failed", e);
        }
    }
}
