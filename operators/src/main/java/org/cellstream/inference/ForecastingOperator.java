package org.cellstream.inference;

import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;
import org.cellstream.config.InferenceConfig;
import org.cellstream.event.Control;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Rejected;
import org.cellstream.event.Shared;
import org.cellstream.event.StateReport;
import org.cellstream.event.WeightUpdate;
import org.cellstream.nn.Precision;
import org.cellstream.state.MemoryShape;
import org.cellstream.state.MemoryState;
import org.cellstream.state.MemorySweep;
import org.jspecify.annotations.Nullable;

/**
 * Advances the LSTM of an event's key by one time step and emits one {@link Forecast} per event.
 * The first input carries keyed events, among them orders about their keys; the second, broadcast,
 * the weights and orders about all keys. Late and rejected events and reports go to side outputs.
 *
 * <p>With weights by event time, an event waits in keyed state until the watermark has passed the
 * start of its epoch; with events in the order of their times, until it has passed the event. The
 * input is never blocked.
 */
@Internal
public final class ForecastingOperator<K> extends AbstractStreamOperator<Forecast<K>>
        implements TwoInputStreamOperator<Event<K>, Shared<K>, Forecast<K>> {

    private static final long serialVersionUID = 2L;

    private final MemoryShape shape;
    private final InferenceConfig config;
    private final WeightUpdate first;
    private final TypeInformation<K> keyType;

    private transient MemoryState memoryState;
    private transient ServedWeights weights;
    private transient SharedResets<K> resets;
    private transient EventClock clock;
    private transient InferenceMetrics metrics;
    private transient ForecasterOutput<K> results;
    private transient ForecasterParts<K> parts;
    private transient KeyOrders<K> orders;
    private transient BatchedSteps<K> steps;
    private transient WeightChanges weightChanges;
    private transient HeldEvents<K> held;
    private transient TypeSerializer<Event<K>> eventSerializer;
    private transient boolean copyEvents;
    private transient @Nullable MemorySweep<K> sweep;

    /**
     * @param first the weights to start from where no state is restored
     * @param keyType type of the keys
     */
    public ForecastingOperator(
            MemoryShape shape,
            InferenceConfig config,
            WeightUpdate first,
            TypeInformation<K> keyType) {
        this.shape = shape;
        this.config = config;
        this.first = first;
        this.keyType = keyType;
    }

    /** Where late events go. */
    public static <K> OutputTag<Event<K>> late(TypeInformation<Event<K>> eventType) {
        return new OutputTag<>("late", eventType);
    }

    /** Where rejected events, orders and weights go. */
    public static OutputTag<Rejected> rejected() {
        return new OutputTag<>("rejected", Rejected.type());
    }

    /** Where reports about keys go. */
    public static <K> OutputTag<StateReport<K>> reports(TypeInformation<K> keyType) {
        return new OutputTag<>("reports", StateReport.type(keyType));
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        Precision precision = StepTools.precision(config.memory().precision());
        memoryState = new MemoryState(context.getKeyedStateStore(), shape, precision);
        clock =
                new EventClock(
                        context.getOperatorStateStore().getBroadcastState(EventClock.descriptor()));
        resets =
                new SharedResets<>(
                        context.getOperatorStateStore()
                                .getBroadcastState(SharedResets.descriptor(keyType)));
        weights =
                new ServedWeights(
                        shape.network(),
                        config.timing(),
                        first,
                        context.getOperatorStateStore()
                                .getBroadcastState(ServedWeights.descriptor()));
    }

    @Override
    public void open() throws Exception {
        super.open();
        metrics = new InferenceMetrics(getMetricGroup());
        results = new ForecasterOutput<>(output, metrics, keyType);
        parts =
                new PartsFactory<K>(shape, config, metrics)
                        .make(this, memoryState, resets, keyFacts());
        orders = new KeyOrders<>(parts, shape.network());
        steps =
                new BatchedSteps<>(
                        parts,
                        weights,
                        new EventSteps<>(parts, results),
                        getProcessingTimeService(),
                        mails());
        weightChanges = new WeightChanges(parts, weights, steps);
        eventSerializer =
                Event.type(keyType).createSerializer(getExecutionConfig().getSerializerConfig());
        copyEvents = mayReceiveAgain();
        held =
                new HeldEvents<>(
                        place("held-events", this::releaseEpoch),
                        place("ordered-events", this::releaseTime),
                        config,
                        metrics,
                        clock);
        sweep =
                MemorySweep.of(
                        config.sequence().timeToLive(),
                        this,
                        memoryState,
                        new ResidentKeeper<>(parts.residents(), metrics));
        if (!config.timing().byEventTime()) {
            // A silent weights topic must not hold the watermark of the forecasts back.
            super.processWatermarkStatus(WatermarkStatus.IDLE, 1);
        }
    }

    /**
     * Whether an object that was received may change and be received once more, which what waits
     * for its batch or on the heap must not. What the first of a chain receives was read from the
     * network, and is its own.
     */
    private boolean mayReceiveAgain() {
        return getExecutionConfig().isObjectReuseEnabled() && !getOperatorConfig().isChainStart();
    }

    private FlinkKeys<K> keyFacts() {
        return new FlinkKeys<>(
                keyType.createSerializer(getExecutionConfig().getSerializerConfig()),
                getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks());
    }

    private MailboxExecutor mails() {
        return getContainingTask()
                .getMailboxExecutorFactory()
                .createExecutor(getOperatorConfig().getChainIndex());
    }

    private HeldEvents.Place<K> place(String name, EventTimeRelease.Release release) {
        InternalTimerService<Long> timers =
                getInternalTimerService(
                        name, LongSerializer.INSTANCE, new EventTimeRelease<K>(release));
        HeldEvents.Lists<K> lists =
                slot ->
                        getPartitionedState(
                                slot,
                                LongSerializer.INSTANCE,
                                new ListStateDescriptor<>(name, Event.type(keyType)));
        return new HeldEvents.Place<>(lists, timers);
    }

    @Override
    public void processElement1(StreamRecord<Event<K>> element) throws Exception {
        Event<K> event = copyEvents ? eventSerializer.copy(element.getValue()) : element.getValue();
        Control<K> control = event.control();
        if (control != null) {
            carryOut(event, control);
        } else if (!held.holds(event)) {
            steps.add(event);
            steps.await();
        }
    }

    private void carryOut(Event<K> event, Control<K> control) throws Exception {
        Rejected refused = orders.refuse(control);
        if (refused == null) {
            steps.flush(FlushReason.CONTROL);
            refused = orders.refusePassed(event, control);
        }
        if (refused != null) {
            results.rejected(refused);
            return;
        }
        metrics.controlled();
        if (control.action() == Control.Action.FORGET) {
            held.forget(event.key(), this);
        }
        StateReport<K> report = orders.carryOut(event, control);
        if (report != null) {
            results.report(report);
        }
    }

    @Override
    public void processElement2(StreamRecord<Shared<K>> element) throws Exception {
        WeightUpdate update = element.getValue().weights();
        if (update != null) {
            takeWeights(update);
        }
        Control<K> control = element.getValue().control();
        if (control != null) {
            takeReset(control);
        }
    }

    private void takeWeights(WeightUpdate update) throws Exception {
        if (weights.fits(update)) {
            weightChanges.take(update);
        } else {
            metrics.refusedWeights();
            rejectOnce(weights.refusal(update));
        }
    }

    private void takeReset(Control<K> control) throws Exception {
        Rejected refused = orders.refuseForAll(control);
        if (refused == null) {
            steps.flush(FlushReason.CONTROL);
            metrics.controlled();
            resets.take(control);
        } else {
            rejectOnce(refused);
        }
    }

    /** Rejects what every subtask gets; one of them says so. */
    private void rejectOnce(Rejected rejected) {
        if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
            results.rejected(rejected);
        }
    }

    private void releaseEpoch(long epoch) throws Exception {
        release(held.releaseEpoch(epoch), epoch);
    }

    private void releaseTime(long time) throws Exception {
        List<Event<K>> events = held.releaseTime(time);
        if (config.timing().byEventTime()) {
            release(events, config.timing().epochOf(time));
        } else {
            addAll(events);
        }
    }

    /** Steps released events of one epoch, now that all before them are stepped. */
    private void release(List<Event<K>> events, long epoch) throws Exception {
        weightChanges.serveDue(epoch);
        addAll(events);
    }

    private void addAll(List<Event<K>> events) throws Exception {
        for (Event<K> event : events) {
            steps.add(event);
        }
    }

    @Override
    public void processWatermark1(Watermark mark) throws Exception {
        if (held.mayHold()) {
            held.eventsReached(mark.getTimestamp());
        }
        super.processWatermark1(mark);
    }

    @Override
    public void processWatermark2(Watermark mark) throws Exception {
        if (config.timing().byEventTime()) {
            super.processWatermark2(new Watermark(ahead(mark.getTimestamp())));
        }
    }

    /** The time up to which events may be stepped, as far as the trainer is concerned. */
    private long ahead(long trained) {
        long lead = (config.timing().serveAfter() - 1) * config.timing().epochMillis();
        return trained > Long.MAX_VALUE - lead ? Long.MAX_VALUE : trained + lead;
    }

    @Override
    protected void processWatermarkStatus(WatermarkStatus status, int index) throws Exception {
        if (index == 0 || config.timing().byEventTime()) {
            super.processWatermarkStatus(status, index);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        advanceTo(mark);
        steps.flush(FlushReason.WATERMARK);
        if (sweep != null) {
            sweep.reached(mark.getTimestamp());
        }
        super.processWatermark(mark);
    }

    private void advanceTo(Watermark mark) throws Exception {
        // Also where nothing is held any more: a job before this one may have held events.
        if (getTimeServiceManager().isPresent()) {
            getTimeServiceManager().get().advanceWatermark(mark);
        }
        if (held.mayHold()) {
            held.serveAt(mark.getTimestamp());
        }
        if (config.timing().byEventTime()) {
            weightChanges.serveDue(held.servedEpoch());
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        steps.flush(FlushReason.BARRIER);
        parts.residents().writeChanged();
        metrics.holding(parts.residents());
        if (sweep != null) {
            sweep.startSlice();
        }
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void finish() throws Exception {
        steps.flush(FlushReason.END_OF_INPUT);
        clock.drained();
        super.finish();
    }

    @Override
    public void close() throws Exception {
        if (sweep != null) {
            sweep.close();
        }
        super.close();
    }
}
