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
import org.cellstream.config.TrainingConfig;
import org.cellstream.event.Control;
import org.cellstream.event.Drift;
import org.cellstream.event.Event;
import org.cellstream.event.Rejected;
import org.cellstream.event.Scores;
import org.cellstream.event.WeightUpdate;
import org.cellstream.learn.LearnerState;
import org.cellstream.nn.Weights;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;
import org.cellstream.state.MemoryShape;
import org.cellstream.state.MemoryState;
import org.cellstream.state.MemorySweep;
import org.jspecify.annotations.Nullable;

/**
 * Learns the shared weights from a keyed stream by truncated backpropagation through time and
 * publishes them, after they were tried: see {@link Gate}. It has its own memory per key, whose h
 * and c are carried from one window to the next by the weights that are served; serving state is
 * never touched. An order to forget a key makes it forget what it keeps of that key; those about
 * weights come by the second input of {@link ControlledTrainingOperator}.
 *
 * <p>With weights by event time it emits one message per epoch that had events, then its watermark.
 * Then, and with events in the order of their times, events wait for the watermark. Runs at
 * parallelism 1.
 */
@Internal
public class TrainingOperator<K> extends AbstractStreamOperator<WeightUpdate>
        implements OneInputStreamOperator<Event<K>, WeightUpdate> {

    private static final long serialVersionUID = 1L;

    private final MemoryShape shape;
    private final TrainingConfig config;
    private final WeightUpdate first;
    private final long generation;
    private final TypeInformation<K> keyType;

    private transient MemoryState memoryState;
    private transient TrainerState<K> state;
    private transient PendingWindows<K> pending;
    private transient OrderedEvents<K> held;
    private transient Publications publications;
    private transient Practice.Kept<K> restored;
    private transient RateState restoredRate;
    private transient Practice<K> practice;
    private transient TrainingRate<K> rate;
    private transient PopulationSnapshot restoredKeys;
    private transient KnownKeys<K> knownKeys;
    private transient WeightOrders<K> orders;
    private transient Intake intake;
    private transient TrainingMetrics metrics;
    private transient TypeSerializer<Event<K>> eventSerializer;
    private transient boolean copyEvents;
    private transient WindowCutter cutter;
    private transient @Nullable MemorySweep<K> sweep;

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

    /** Where drift that was found is told. */
    public static OutputTag<Drift> drifts() {
        return new OutputTag<>("drifts", Drift.type());
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
        restore(trainer);
        pending =
                new PendingWindows<>(
                        trainer == null ? List.of() : state.pending(windowSteps()),
                        config.learning().minibatch(),
                        config.practice().rounds());
        held = new OrderedEvents<>(keyType.createSerializer(serializers));
        if (trainer != null) {
            state.held().forEach(held::add);
        }
    }

    private void restore(@Nullable TrainerSnapshot trainer) throws Exception {
        LearnerState learner =
                trainer == null
                        ? LearnerState.fresh(new Weights(shape.network(), first.values()))
                        : trainer.learner();
        PracticeSnapshot kept =
                trainer == null
                        ? PracticeSnapshot.startingFrom(learner.weights())
                        : state.practice(learner.weights());
        Lessons.Kept<K> lessons =
                trainer == null
                        ? new Lessons.Kept<>(List.of(), List.of(), 0, 0)
                        : state.lessons(windowSteps(), kept);
        restored = new Practice.Kept<>(learner, kept.gate(), kept.watches(), lessons);
        restoredRate = kept.rate();
        restoredKeys =
                trainer == null
                        ? PopulationSnapshot.startingFrom(first.prior())
                        : state.population();
        orders = new WeightOrders<>(state.orders());
    }

    private int windowSteps() {
        return config.windowSteps(shape.network().readsWholeWindows());
    }

    @Override
    public void open() throws Exception {
        super.open();
        metrics = new TrainingMetrics(getMetricGroup());
        intake = new Intake(shape, config.standardisation());
        KeyHash<K> hash =
                new KeyHash<>(keyType.createSerializer(getExecutionConfig().getSerializerConfig()));
        knownKeys = new KnownKeys<>(intake, hash, config.standardisation().prior(), restoredKeys);
        rate =
                new TrainingRate<>(
                        config.practice().rate(),
                        config.timing(),
                        config.seed(),
                        hash,
                        restoredRate,
                        System::nanoTime);
        practice =
                new Practice<>(
                        shape.network(),
                        config,
                        restored,
                        new Practice.Tools<>(rate, hash, metrics));
        cutter = new WindowCutter(intake, config, shape.network());
        copyEvents = getExecutionConfig().isObjectReuseEnabled();
        sweep =
                MemorySweep.of(
                        config.sequence().timeToLive(),
                        this,
                        memoryState,
                        new PendingKeeper<>(pending, metrics));
    }

    @Override
    public void processElement(StreamRecord<Event<K>> element) throws Exception {
        Event<K> event = element.getValue();
        Control<K> control = event.control();
        if (control != null) {
            if (control.action() == Control.Action.FORGET) {
                forget(event.key());
            }
        } else if (config.holdsEvents()) {
            held.add(copyEvents ? eventSerializer.copy(event) : event);
        } else {
            learnFrom(event);
        }
    }

    /** Forgets a key: its memory and open window, windows that wait, and events that are held. */
    private void forget(K key) throws Exception {
        setCurrentKey(key);
        memoryState.clear();
        pending.forget(key);
        practice.forget(key);
        knownKeys.forget(key);
        held.forget(key);
    }

    /**
     * Hears an order about weights. One without a time is carried out at once, or with weights by
     * event time at the end of the epoch; one with a time at the first event at or after it.
     */
    final void hear(Control<K> order) {
        if (order.time() != Control.AT_ONCE) {
            orders.add(order);
            return;
        }
        obey(order);
    }

    private void obey(Control<K> order) {
        practice.obey(order.action());
        if (!config.timing().byEventTime()) {
            publishIfChosen(false);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        releaseUpTo(mark.getTimestamp());
        if (config.timing().byEventTime()) {
            closeEpochBefore(mark.getTimestamp());
        }
        if (sweep != null) {
            sweep.reached(mark.getTimestamp());
        }
        super.processWatermark(mark);
    }

    private void releaseUpTo(long time) throws Exception {
        for (var events = held.poll(time); !events.isEmpty(); events = held.poll(time)) {
            if (config.timing().byEventTime()) {
                openEpochOf(events.get(0).time());
            }
            for (Event<K> event : events) {
                learnFrom(event);
            }
        }
    }

    private void openEpochOf(long time) throws Exception {
        long epoch = config.timing().epochOf(time);
        if (publications.isAhead(epoch)) {
            closeEpoch();
            publications.openEpoch(epoch);
        }
    }

    private void closeEpochBefore(long time) throws Exception {
        if (time == Long.MAX_VALUE) {
            closeAllMinibatches();
            closeEpoch();
        } else if (publications.openEpoch() < config.timing().epochOf(time + 1)) {
            closeEpoch();
        }
    }

    private void closeEpoch() throws Exception {
        if (publications.hasOpenEpoch()) {
            if (config.practice().rounds()) {
                closeAllMinibatches();
            }
            long epoch = publications.closeEpoch();
            Gate.Choice choice = practice.choose(true, publications.hasChanged());
            if (choice == null) {
                send(publications.unchanged(epoch, practice.scores(null)));
            } else {
                publish(epoch, choice);
            }
        }
    }

    private void learnFrom(Event<K> event) throws Exception {
        orders.due(event.time()).forEach(this::obey);
        if (event.marks().masked()) {
            return; // as in the forecaster, before anything else
        }
        KeyMemory memory = memoryOf(event.key());
        if (intake.isLate(event, memory)) {
            metrics.late();
            return;
        }
        WindowCutter.Cut cut =
                cutter.leavesOut(event)
                        ? cutter.leaveOut(event, memory)
                        : cutter.take(event, memory);
        if (cut == null) {
            return;
        }
        if (cut.rejected() != null) {
            metrics.rejected();
            output.collect(rejected(), new StreamRecord<>(cut.rejected(), event.time()));
            return;
        }
        memoryState.write(memory);
        knownKeys.took(event.key(), memory);
        rate.reached(event.time());
        for (int i = 0; i < cut.windows().size(); i++) {
            WindowCutter.Ended ended = cut.windows().get(i);
            boolean chosen = rate.chooses(event.key(), memory.step(), i, ended.window().rows());
            pending.add(PendingWindow.of(event.key(), ended, !chosen));
            // More than one where a restored job has smaller minibatches now.
            while (pending.fillMinibatch()) {
                closeMinibatch();
            }
        }
    }

    /**
     * Tries weights on the oldest windows that wait, at most one minibatch of them, and learns from
     * those that were chosen once they fill a minibatch.
     */
    private void closeMinibatch() throws Exception {
        long start = System.nanoTime();
        List<PendingWindow<K>> minibatch = pending.oldest();
        int size = minibatch.size();
        List<KeyMemory> memories = memoriesOf(minibatch);
        Practice.Tried tried = practice.tryOut(minibatch, memories);
        for (int i = 0; i < size; i++) {
            float[] layers = memories.get(i).layers();
            System.arraycopy(tried.ends()[i], 0, layers, 0, layers.length);
        }
        for (int i = 0; i < size; i++) {
            setCurrentKey(minibatch.get(i).key());
            memoryState.write(memories.get(i));
        }
        pending.drop(size);
        if (tried.drifts()) {
            tell(tried, memories.get(size - 1).lastTime());
        }
        while (practice.fillMinibatch()) {
            publications.learned(practice.learn());
        }
        rate.took(System.nanoTime() - start);
        if (!config.timing().byEventTime()) {
            publishIfChosen(publications.minibatches() >= config.publishEvery());
        }
    }

    private void tell(Practice.Tried tried, long time) {
        Drift drift =
                new Drift(
                        time,
                        publications.generation(),
                        publications.number(),
                        tried.error(),
                        practice.errorBefore(),
                        practice.driftStatistic());
        output.collect(drifts(), new StreamRecord<>(drift, time));
    }

    private void publishIfChosen(boolean due) {
        Gate.Choice choice = practice.choose(due, publications.hasChanged());
        if (choice != null) {
            publish(WeightUpdate.AT_ARRIVAL, choice);
        }
    }

    /** Learns from what waits although it fills no minibatch. */
    private void closeAllMinibatches() throws Exception {
        while (!pending.isEmpty()) {
            closeMinibatch();
        }
        while (practice.hasLessons()) {
            publications.learned(practice.learn());
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
        return memory == null ? intake.newMemory() : memory;
    }

    private void publish(long epoch, Gate.Choice choice) {
        Scores scores = practice.scores(choice);
        practice.published(choice);
        send(publications.next(epoch, choice.weights(), scores).prior(knownKeys.publish()));
    }

    private void send(WeightUpdate update) {
        metrics.published(update);
        output.collect(new StreamRecord<>(update));
    }

    @Override
    public void finish() throws Exception {
        closeAllMinibatches();
        if (!config.timing().byEventTime()) {
            publishIfChosen(true);
        }
        super.finish();
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        if (sweep != null) {
            sweep.startSlice();
        }
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        Practice.Kept<K> kept = practice.kept();
        state.write(
                publications.snapshot(kept.learner()),
                kept,
                rate.state(),
                knownKeys.snapshot(),
                new TrainerState.Waiting<>(pending.all(), held.all(), orders.all()));
    }

    @Override
    public void close() throws Exception {
        if (sweep != null) {
            sweep.close();
        }
        super.close();
        if (practice != null) {
            practice.close();
        }
    }
}
