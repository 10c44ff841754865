package org.cellstream.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
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
import org.cellstream.state.OpenWindow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private static final Logger LOG = LoggerFactory.getLogger(TrainingOperator.class);

    private final MemoryShape shape;
    private final TrainingConfig config;
    private final WeightUpdate first;
    private final long generation;
    private final TypeInformation<K> keyType;

    private transient MemoryState memoryState;
    private transient ListState<TrainerSnapshot> trainerState;
    private transient ListState<PendingWindow<K>> pendingState;
    private transient ListState<Event<K>> heldState;
    private transient List<PendingWindow<K>> pending;
    private transient OrderedEvents<K> held;
    private transient Publications publications;
    private transient LearnerState restored;
    private transient Learner learner;
    private transient Intake intake;
    private transient TrainingMetrics metrics;
    private transient TypeSerializer<Event<K>> eventSerializer;
    private transient boolean copyEvents;
    private transient float[] row;

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
        TypeInformation<Event<K>> eventType = Event.type(keyType);
        eventSerializer = eventType.createSerializer(getExecutionConfig().getSerializerConfig());
        memoryState = new MemoryState(context.getKeyedStateStore(), shape);
        var store = context.getOperatorStateStore();
        trainerState =
                store.getListState(new ListStateDescriptor<>("trainer", TrainerSnapshot.type()));
        pendingState =
                store.getListState(
                        new ListStateDescriptor<>("pending-windows", PendingWindow.type(keyType)));
        heldState = store.getListState(new ListStateDescriptor<>("held-events", eventType));
        held =
                new OrderedEvents<>(
                        keyType.createSerializer(getExecutionConfig().getSerializerConfig()));
        for (Event<K> event : heldState.get()) {
            held.add(event);
        }
        restoreTrainer();
    }

    private void restoreTrainer() throws Exception {
        TrainerSnapshot snapshot = null;
        for (TrainerSnapshot found : trainerState.get()) {
            snapshot = found;
        }
        if (snapshot != null && !snapshot.network().equals(shape.network().toString())) {
            LOG.warn(
                    "The restored trainer learned {}; this job runs {}. Learning starts afresh.",
                    snapshot.network(),
                    shape.network());
            snapshot = null;
        }
        publications = new Publications(shape.network(), generation, snapshot);
        restored =
                snapshot == null
                        ? LearnerState.fresh(new Weights(shape.network(), first.values()))
                        : snapshot.learner();
        pending = new ArrayList<>();
        if (snapshot != null) {
            restorePending();
        }
    }

    private void restorePending() throws Exception {
        int dropped = 0;
        for (PendingWindow<K> window : pendingState.get()) {
            if (window.labels().length == config.learning().window()) {
                pending.add(window);
            } else {
                dropped++;
            }
        }
        if (dropped > 0) {
            LOG.warn(
                    "{} restored windows have not the {} time steps that this job learns from, and are left out.",
                    dropped,
                    config.learning().window());
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        metrics = new TrainingMetrics(getMetricGroup());
        intake = new Intake(shape, config.standardisation());
        learner = new Learner(shape.network(), config.learning(), restored);
        row = new float[shape.network().inputs()];
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
            closeMinibatch();
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
        setCurrentKey(event.key());
        KeyMemory memory = memoryState.read();
        if (memory == null || !intake.fits(memory)) {
            memory = intake.newMemory();
        }
        if (intake.isLate(event, memory)) {
            metrics.late();
            return;
        }
        double lastTarget = intake.target(memory);
        double scale = intake.changeScale(memory);
        Rejected rejected = intake.take(event, memory, row, 0);
        if (rejected != null) {
            metrics.rejected();
            output.collect(rejected(), new StreamRecord<>(rejected, event.time()));
            return;
        }
        boolean full = addToWindow(event, memory, label(memory, lastTarget, scale), scale > 0);
        memoryState.write(memory);
        if (full && pending.size() == config.learning().minibatch()) {
            closeMinibatch();
        }
    }

    /**
     * The change of the target, in units of the key's scale before this event: what the network was
     * to predict.
     */
    private float label(KeyMemory memory, double lastTarget, double scale) {
        if (scale == 0) {
            return 0;
        }
        double clip = config.standardisation().clip();
        double change = (intake.target(memory) - lastTarget) / scale;
        return (float) Math.max(-clip, Math.min(clip, change));
    }

    private boolean addToWindow(Event<K> event, KeyMemory memory, float label, boolean known) {
        OpenWindow window = memory.window();
        boolean full = false;
        if (window == null || window.steps() != config.learning().window()) {
            window = new OpenWindow(config.learning().window(), row.length);
        } else if (window.label(label, known ? 1 : 0)) {
            pending.add(
                    new PendingWindow<>(
                            event.key(), window.inputs(), window.labels(), window.weights()));
            window = new OpenWindow(config.learning().window(), row.length);
            full = true;
        }
        window.add(row);
        memory.keepWindow(window);
        return full;
    }

    private void closeMinibatch() throws Exception {
        if (pending.isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        Map<K, KeyMemory> memories = new LinkedHashMap<>();
        MinibatchResult result = learner.learn(windows(memories));
        for (int i = 0; i < pending.size(); i++) {
            float[] layers = memories.get(pending.get(i).key()).layers();
            System.arraycopy(result.ends()[i], 0, layers, 0, layers.length);
        }
        for (Map.Entry<K, KeyMemory> entry : memories.entrySet()) {
            setCurrentKey(entry.getKey());
            memoryState.write(entry.getValue());
        }
        publications.learned(result.applied());
        metrics.learned(pending.size(), result, System.nanoTime() - start);
        pending.clear();
        if (!config.timing().byEventTime()
                && publications.hasChanged()
                && publications.minibatches() >= config.publishEvery()) {
            publish(WeightUpdate.AT_ARRIVAL);
        }
    }

    /**
     * The windows of the minibatch, each of them starting where its key's window before it ended.
     */
    private List<Window> windows(Map<K, KeyMemory> memories) throws Exception {
        Map<K, Integer> lastOf = new HashMap<>();
        List<Window> windows = new ArrayList<>();
        for (PendingWindow<K> window : pending) {
            KeyMemory memory = memories.get(window.key());
            if (memory == null) {
                setCurrentKey(window.key());
                memory = memoryState.read();
                memory = memory == null || !intake.fits(memory) ? intake.newMemory() : memory;
                memories.put(window.key(), memory);
            }
            @Nullable Integer previous = lastOf.put(window.key(), windows.size());
            windows.add(
                    new Window(
                            window.inputs(),
                            window.labels(),
                            window.weights(),
                            memory.layers(),
                            previous == null ? -1 : previous));
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
        closeMinibatch();
        if (!config.timing().byEventTime() && publications.hasChanged()) {
            publish(WeightUpdate.AT_ARRIVAL);
        }
        super.finish();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        trainerState.update(List.of(publications.snapshot(learner.state())));
        pendingState.update(pending);
        heldState.update(held.all());
    }

    @Override
    public void close() throws Exception {
        super.close();
        if (learner != null) {
            learner.close();
        }
    }
}
