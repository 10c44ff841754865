package org.cellstream.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.cellstream.config.TimingConfig;
import org.cellstream.config.TrainingConfig;
import org.cellstream.event.Event;
import org.cellstream.event.Rejected;
import org.cellstream.event.WeightUpdate;
import org.cellstream.learn.Learner;
import org.cellstream.learn.LearnerState;
import org.cellstream.learn.MinibatchResult;
import org.cellstream.learn.Window;
import org.cellstream.nn.Weights;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;
import org.cellstream.state.MemoryShape;
import org.cellstream.state.MemoryState;

/**
 * Learns the shared weights from a keyed stream by truncated backpropagation through time and
 * publishes them. It has its own memory per key, whose h and c are carried from one window to the
 * next; serving state is never touched.
 *
 * <p>With weights by event time it emits one message per epoch that had events, then its watermark.
 * Runs at parallelism 1.
 */
@Internal
public final class TrainingOperator<K> extends AbstractStreamOperator<WeightUpdate>
        implements OneInputStreamOperator<Event<K>, WeightUpdate> {

    private static final long serialVersionUID = 1L;

    private final MemoryShape shape;
    private final TrainingConfig config;
    private final WeightUpdate first;
    private final long generation;
    private final TypeInformation<K> keyType;

    private transient MemoryState memoryState;
    private transient TrainerState<K> state;
    private transient List<PendingWindow<K>> pending;
    private transient OrderedEvents<K> held;
    private transient Publications publications;
    private transient LearnerState restored;
    private transient Learner learner;
    private transient Intake intake;
    private transient TrainingMetrics metrics;
    private transient TypeSerializer<Event<K>> eventSerializer;
    private transient boolean copyEvents;
    private transient WindowCutter cutter;

    /**
     * @param first the weights to start from where no state is restored
     * @param generation the generation of a trainer that starts fresh, or that a person restored
     */
    public TrainingOperator(
            MemoryShape shape,
            TrainingConfig config,
            WeightUpdate first,
            long generation,
            TypeInformation<K> keyType) {
        this.shape = shape;
        this.config = config;
        this.first = first;
        this.generation = generation;
        this.keyType = keyType;
    }

    /** Where rejected events go. */
    public static OutputTag<Rejected> rejected() {
        return new OutputTag<>("rejected", Rejected.type());
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        SerializerConfig serializers = getExecutionConfig().getSerializerConfig();
        eventSerializer = Event.type(keyType).createSerializer(serializers);
        memoryState = new MemoryState(context.getKeyedStateStore(), shape);
        state = new TrainerState<>(context.getOperatorStateStore(), keyType, shape);
        TrainerSnapshot trainer = state.trainer();
        publications = new Publications(shape, generation, trainer);
        restored =
                trainer == null
                        ? LearnerState.fresh(new Weights(shape.network(), first.values()))
                        : trainer.learner();
        pending = trainer == null ? new ArrayList<>() : state.pending(config.learning().window());
        held = new OrderedEvents<>(keyType.createSerializer(serializers));
        if (trainer != null) {
            state.held().forEach(held::add);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        metrics = new TrainingMetrics(getMetricGroup());
        intake = new Intake(shape, config.standardisation());
        learner = new Learner(shape.network(), config.learning(), restored);
        cutter =
                new WindowCutter(
                        intake,
                        config.learning(),
                        shape.network().inputs(),
                        config.standardisation().clip());
        copyEvents = getExecutionConfig().isObjectReuseEnabled();
    }

    @Override
    public void processElement(StreamRecord<Event<K>> element) throws Exception {
        Event<K> event = element.getValue();
        if (config.timing().byEventTime()) {
            held.add(copyEvents ? eventSerializer.copy(event) : event);
        } else {
            learnFrom(event);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (config.timing().byEventTime()) {
            releaseUpTo(mark.getTimestamp());
        }
        super.processWatermark(mark);
    }

    private void releaseUpTo(long time) throws Exception {
        TimingConfig timing = config.timing();
        for (var events = held.poll(time); !events.isEmpty(); events = held.poll(time)) {
            long epoch = timing.epochOf(events.get(0).time());
            if (publications.isAhead(epoch)) {
                closeEpoch();
                publications.openEpoch(epoch);
            }
            for (Event<K> event : events) {
                learnFrom(event);
            }
        }
        if (time == Long.MAX_VALUE) {
            closeAllMinibatches();
            closeEpoch();
        } else if (publications.openEpoch() < timing.epochOf(time + 1)) {
            closeEpoch();
        }
    }

    private void closeEpoch() {
        if (publications.hasOpenEpoch()) {
            publish(publications.closeEpoch());
        }
    }

    private void learnFrom(Event<K> event) throws Exception {
        KeyMemory memory = memoryOf(event.key());
        if (intake.isLate(event, memory)) {
            metrics.late();
            return;
        }
        WindowCutter.Cut cut = cutter.take(event, memory);
        if (cut.rejected() != null) {
            metrics.rejected();
            output.collect(rejected(), new StreamRecord<>(cut.rejected(), event.time()));
            return;
        }
        memoryState.write(memory);
        if (cut.full() != null) {
            pending.add(PendingWindow.of(event.key(), cut.full()));
            // More than one where a restored job has smaller minibatches now.
            while (pending.size() >= config.learning().minibatch()) {
                closeMinibatch();
            }
        }
    }

    /** Learns from the oldest windows that wait, at most one minibatch of them. */
    private void closeMinibatch() throws Exception {
        int size = Math.min(pending.size(), config.learning().minibatch());
        List<PendingWindow<K>> minibatch = List.copyOf(pending.subList(0, size));
        long start = System.nanoTime();
        List<KeyMemory> memories = memoriesOf(minibatch);
        MinibatchResult result = learner.learn(windows(minibatch, memories));
        for (int i = 0; i < size; i++) {
            float[] layers = memories.get(i).layers();
            System.arraycopy(result.ends()[i], 0, layers, 0, layers.length);
        }
        for (int i = 0; i < size; i++) {
            setCurrentKey(minibatch.get(i).key());
            memoryState.write(memories.get(i));
        }
        pending.subList(0, size).clear();
        publications.learned(result.applied());
        metrics.learned(size, result, System.nanoTime() - start);
        if (!config.timing().byEventTime()
                && publications.hasChanged()
                && publications.minibatches() >= config.publishEvery()) {
            publish(WeightUpdate.AT_ARRIVAL);
        }
    }

    /** Learns from what waits although it fills no minibatch: no more will come. */
    private void closeAllMinibatches() throws Exception {
        while (!pending.isEmpty()) {
            closeMinibatch();
        }
    }

    /** The memory of each window's key; the same object for windows of one key. */
    private List<KeyMemory> memoriesOf(List<PendingWindow<K>> minibatch) throws Exception {
        Map<K, KeyMemory> known = new HashMap<>();
        List<KeyMemory> memories = new ArrayList<>();
        for (PendingWindow<K> window : minibatch) {
            KeyMemory memory = known.get(window.key());
            if (memory == null) {
                memory = memoryOf(window.key());
                known.put(window.key(), memory);
            }
            memories.add(memory);
        }
        return memories;
    }

    private KeyMemory memoryOf(K key) throws Exception {
        setCurrentKey(key);
        KeyMemory memory = memoryState.read();
        return memory != null && intake.fits(memory) ? memory : intake.newMemory();
    }

    /**
     * The windows of the minibatch, each of them starting where its key's window before it ended.
     */
    private List<Window> windows(List<PendingWindow<K>> minibatch, List<KeyMemory> memories) {
        Map<K, Integer> lastOf = new HashMap<>();
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < minibatch.size(); i++) {
            PendingWindow<K> window = minibatch.get(i);
            Integer previous = lastOf.put(window.key(), i);
            windows.add(
                    new Window(
                            window.inputs(),
                            window.labels(),
                            window.weights(),
                            memories.get(i).layers(),
                            previous == null ? Window.NO_PREVIOUS : previous));
        }
        return windows;
    }

    private void publish(long epoch) {
        WeightUpdate update = publications.next(epoch, learner);
        metrics.published(update);
        output.collect(new StreamRecord<>(update));
    }

    @Override
    public void finish() throws Exception {
        closeAllMinibatches();
        if (!config.timing().byEventTime() && publications.hasChanged()) {
            publish(WeightUpdate.AT_ARRIVAL);
        }
        super.finish();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        state.write(publications.snapshot(learner.state()), pending, held.all());
    }

    @Override
    public void close() throws Exception {
        super.close();
        if (learner != null) {
            learner.close();
        }
    }
}
