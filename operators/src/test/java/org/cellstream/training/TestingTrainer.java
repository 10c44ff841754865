package org.cellstream.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.cellstream.TestingMetrics;
import org.cellstream.event.Control;
import org.cellstream.event.Drift;
import org.cellstream.event.Event;
import org.cellstream.event.Rejected;
import org.cellstream.event.WeightUpdate;
import org.cellstream.state.MemoryState;

/** A trainer in Flink's harness: what a test says to it, and what it published. */
final class TestingTrainer implements AutoCloseable {

    private static final int KEY_GROUPS = 16;

    private final TrainingOperator<String> operator;
    private final KeyedOneInputStreamOperatorTestHarness<String, Event<String>, WeightUpdate>
            harness;
    private long checkpoints;

    private TestingTrainer(TrainerSetup setup, Optional<OperatorSubtaskState> state)
            throws Exception {
        operator =
                new TrainingOperator<>(
                        setup.shape(),
                        setup.config(),
                        setup.first(),
                        setup.generation(),
                        Types.STRING);
        harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        operator, Event::key, Types.STRING, KEY_GROUPS, 1, 0);
        harness.setStateBackend(
                setup.rocksDb() ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend());
        harness.setup(
                WeightUpdate.type()
                        .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
        if (state.isPresent()) {
            harness.initializeState(state.get());
        }
        harness.open();
    }

    static TestingTrainer start(TrainerSetup setup) throws Exception {
        return new TestingTrainer(setup, Optional.empty());
    }

    static TestingTrainer restore(TrainerSetup setup, OperatorSubtaskState state) throws Exception {
        return new TestingTrainer(setup, Optional.of(state));
    }

    void process(Event<String> event) throws Exception {
        harness.processElement(new StreamRecord<>(event, event.time()));
    }

    void process(List<Event<String>> events) throws Exception {
        for (Event<String> event : events) {
            process(event);
        }
    }

    void passMillis(long millis) throws Exception {
        harness.setProcessingTime(harness.getProcessingTime() + millis);
    }

    void watermark(long time) throws Exception {
        harness.processWatermark(new Watermark(time));
    }

    /** Hears an order about one key. */
    void tell(Control<String> order) throws Exception {
        harness.processElement(new StreamRecord<>(Event.of(order)));
    }

    /** Hears an order about weights. */
    void hear(Control<String> order) {
        operator.hear(order);
    }

    void end() throws Exception {
        watermark(Long.MAX_VALUE);
        harness.endInput();
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

    List<WeightUpdate> published() {
        return harness.extractOutputValues();
    }

    /** Publications and watermarks, as they left. */
    List<Object> output() {
        return new ArrayList<>(harness.getOutput());
    }

    /** The keys of which state holds a memory. */
    List<String> remembered() {
        KeyedStateBackend<String> backend = harness.getOperator().getKeyedStateBackend();
        try (Stream<String> keys = backend.getKeys(MemoryState.NAME, VoidNamespace.INSTANCE)) {
            return keys.toList();
        }
    }

    /** The keys of the windows that the reservoir of the last checkpoint holds. */
    List<String> reservoirKeys() throws Exception {
        List<String> keys = new ArrayList<>();
        harness.getOperator()
                .getOperatorStateBackend()
                .getListState(
                        new ListStateDescriptor<>("reservoir", StartedWindow.type(Types.STRING)))
                .get()
                .forEach(window -> keys.add(window.key()));
        return keys;
    }

    TestingMetrics metrics() {
        return new TestingMetrics(harness.getOperator().getMetricGroup());
    }

    List<Drift> drifts() {
        var records = harness.getSideOutput(TrainingOperator.drifts());
        return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
    }

    List<Rejected> rejected() {
        var records = harness.getSideOutput(TrainingOperator.rejected());
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
