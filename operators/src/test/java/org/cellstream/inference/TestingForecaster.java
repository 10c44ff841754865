package org.cellstream.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Rejected;
import org.cellstream.event.WeightUpdate;

/** A forecaster in Flink's harness: what a test says to it, and what it gave back. */
final class TestingForecaster implements AutoCloseable {

    static final int KEY_GROUPS = 16;

    private final KeyedTwoInputStreamOperatorTestHarness<
                    String, Event<String>, WeightUpdate, Forecast<String>>
            harness;
    private long checkpoints;

    private TestingForecaster(
            ForecasterSetup setup,
            int parallelism,
            int subtask,
            Optional<OperatorSubtaskState> state)
            throws Exception {
        ForecastingOperator<String> operator =
                new ForecastingOperator<>(
                        setup.shape(), setup.config(), setup.weights(0), Event.type(Types.STRING));
        harness =
                new KeyedTwoInputStreamOperatorTestHarness<>(
                        operator, Event::key, null, Types.STRING, KEY_GROUPS, parallelism, subtask);
        harness.setStateBackend(
                setup.rocksDb() ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend());
        if (setup.objectReuse()) {
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
        return new TestingForecaster(setup, 1, 0, Optional.empty());
    }

    static TestingForecaster restore(ForecasterSetup setup, OperatorSubtaskState state)
            throws Exception {
        return new TestingForecaster(setup, 1, 0, Optional.of(state));
    }

    /**
     * Restores subtask {@code subtask} of {@code parallelism} from the states of all subtasks
     * before.
     */
    static TestingForecaster rescaled(
            ForecasterSetup setup, int parallelism, int subtask, List<OperatorSubtaskState> states)
            throws Exception {
        OperatorSubtaskState share =
                KeyedTwoInputStreamOperatorTestHarness.repartitionOperatorState(
                        KeyedTwoInputStreamOperatorTestHarness.repackageState(
                                states.toArray(new OperatorSubtaskState[0])),
                        KEY_GROUPS,
                        states.size(),
                        parallelism,
                        subtask);
        return new TestingForecaster(setup, parallelism, subtask, Optional.of(share));
    }

    void process(String key, long time, double value) throws Exception {
        process(Event.of(key, time, value));
    }

    void process(Event<String> event) throws Exception {
        harness.processElement1(new StreamRecord<>(event, event.time()));
    }

    void weights(WeightUpdate update) throws Exception {
        harness.processElement2(new StreamRecord<>(update));
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

    @Override
    public void close() {
        try {
            harness.close();
        } catch (Exception e) {
            throw new AssertionError("closing the operator failed", e);
        }
    }
}
