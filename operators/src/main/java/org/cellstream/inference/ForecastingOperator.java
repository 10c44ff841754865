package org.cellstream.inference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;
import org.cellstream.config.InferenceConfig;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Rejected;
import org.cellstream.event.WeightUpdate;
import org.cellstream.nn.Kernels;
import org.cellstream.nn.Stepper;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;
import org.cellstream.state.MemoryShape;
import org.cellstream.state.MemoryState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Advances the LSTM of an event's key by one time step and emits one {@link Forecast} per event.
 * The first input carries keyed events, the second, broadcast, the weights. Late and rejected
 * events go to side outputs.
 *
 * <p>With weights by event time, an event waits in keyed state until the watermark has passed the
 * start of its epoch; its input is never blocked.
 */
@Internal
public final class ForecastingOperator<K> extends AbstractStreamOperator<Forecast<K>>
        implements TwoInputStreamOperator<Event<K>, WeightUpdate, Forecast<K>>,
                Triggerable<K, Long> {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ForecastingOperator.class);

    private final MemoryShape shape;
    private final InferenceConfig config;
    private final WeightUpdate first;
    private final TypeInformation<Event<K>> eventType;

    private transient Intake intake;
    private transient MemoryState memoryState;
    private transient ServedWeights weights;
    private transient InferenceMetrics metrics;
    private transient Stepper stepper;
    private transient Wave<K> wave;
    private transient MicroBatch<K> batch;
    private transient Map<K, KeyMemory> changed;
    private transient OutputTag<Event<K>> lateTag;
    private transient OutputTag<Rejected> rejectedTag;
    private transient TypeSerializer<Event<K>> eventSerializer;
    private transient BroadcastState<String, Long> clock;
    private transient HeldEvents<K> held;
    private transient boolean copyEvents;
    private transient @Nullable ScheduledFuture<?> delayTimer;

    /**
     * @param first the weights to start from where no state is restored
     * @param eventType type of the events, whose key type is that of the stream
     */
    public ForecastingOperator(
            MemoryShape shape,
            InferenceConfig config,
            WeightUpdate first,
            TypeInformation<Event<K>> eventType) {
        this.shape = shape;
        this.config = config;
        this.first = first;
        this.eventType = eventType;
    }

    /** Where late events go. */
    public static <K> OutputTag<Event<K>> late(TypeInformation<Event<K>> eventType) {
        return new OutputTag<>("late", eventType);
    }

    /** Where rejected events go. */
    public static OutputTag<Rejected> rejected() {
        return new OutputTag<>("rejected", Rejected.type());
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        memoryState = new MemoryState(context.getKeyedStateStore(), shape);
        clock = context.getOperatorStateStore().getBroadcastState(HeldEvents.clock());
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
        intake = new Intake(shape, config.standardisation());
        stepper = new Stepper(shape.network(), Kernels.best(), config.batch().maxRows());
        wave = new Wave<>(shape.network(), intake, stepper, config.batch().maxRows());
        batch = new MicroBatch<>();
        changed = new LinkedHashMap<>();
        lateTag = late(eventType);
        rejectedTag = rejected();
        eventSerializer = eventType.createSerializer(getExecutionConfig().getSerializerConfig());
        copyEvents = getExecutionConfig().isObjectReuseEnabled();
        load();
        InternalTimerService<Long> timers =
                getInternalTimerService("held-events", LongSerializer.INSTANCE, this);
        held = new HeldEvents<>(this::heldEvents, timers, config.timing(), metrics, clock);
        if (!config.timing().byEventTime()) {
            // A silent weights topic must not hold the watermark of the forecasts back.
            super.processWatermarkStatus(WatermarkStatus.IDLE, 1);
        }
    }

    @Override
    public void processElement1(StreamRecord<Event<K>> element) throws Exception {
        Event<K> event = element.getValue();
        if (config.timing().byEventTime() && held.holds(event)) {
            return;
        }
        batch.add(copyEvents ? eventSerializer.copy(event) : event);
        if (batch.rows() >= config.batch().maxRows() || config.batch().maxDelay().isZero()) {
            flush(FlushReason.FULL);
        } else if (delayTimer == null) {
            delayTimer = delayTimer();
        }
    }

    private ScheduledFuture<?> delayTimer() {
        long now = getProcessingTimeService().getCurrentProcessingTime();
        return getProcessingTimeService()
                .registerTimer(
                        now + config.batch().maxDelay().toMillis(),
                        time -> {
                            delayTimer = null;
                            flush(FlushReason.DELAY);
                        });
    }

    @Override
    public void processElement2(StreamRecord<WeightUpdate> element) throws Exception {
        WeightUpdate update = element.getValue();
        if (!weights.fits(update)) {
            metrics.refusedWeights();
            LOG.warn("Refused {}; this job runs {}", update, shape.network());
        } else if (update.epoch() != WeightUpdate.AT_ARRIVAL) {
            weights.await(update);
        } else if (weights.isNewer(update)) {
            flush(FlushReason.WEIGHTS);
            weights.serve(update);
            load();
        } else {
            metrics.ignoredWeights();
        }
    }

    private void load() {
        stepper.load(weights.weights());
        metrics.serving(weights.current());
    }

    private ListState<Event<K>> heldEvents(long epoch) throws Exception {
        return getPartitionedState(
                epoch,
                LongSerializer.INSTANCE,
                new ListStateDescriptor<>("held-events", eventType));
    }

    /** Releases what the current key holds for one epoch, now that all before it are stepped. */
    @Override
    public void onEventTime(InternalTimer<K, Long> timer) throws Exception {
        List<Event<K>> events = held.release(timer.getNamespace());
        serveDue(timer.getNamespace()); // may flush, which moves the current key
        for (Event<K> event : events) {
            batch.add(event);
            if (batch.rows() >= config.batch().maxRows()) {
                flush(FlushReason.FULL);
            }
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<K, Long> timer) {
        throw new IllegalStateException("held events have event-time timers only");
    }

    private void serveDue(long epoch) throws Exception {
        if (weights.isDue(epoch)) {
            flush(FlushReason.WEIGHTS);
            if (weights.serveDue(epoch)) {
                load();
            }
        }
    }

    @Override
    public void processWatermark1(Watermark mark) throws Exception {
        if (config.timing().byEventTime()) {
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
        if (config.timing().byEventTime()) {
            advanceEpochs(mark);
        }
        flush(FlushReason.WATERMARK);
        super.processWatermark(mark);
    }

    private void advanceEpochs(Watermark mark) throws Exception {
        if (getTimeServiceManager().isPresent()) {
            getTimeServiceManager().get().advanceWatermark(mark);
        }
        serveDue(held.serveAt(mark.getTimestamp()));
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        flush(FlushReason.BARRIER);
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void finish() throws Exception {
        flush(FlushReason.END_OF_INPUT);
        super.finish();
    }

    /** Steps all waiting rows. The caller's last act on its key, since it moves the current key. */
    private void flush(FlushReason reason) throws Exception {
        if (batch.isEmpty()) {
            return;
        }
        metrics.flushed(reason, batch.rows());
        for (List<Event<K>> events : batch.waves()) {
            for (Event<K> event : events) {
                gather(event);
            }
            step();
        }
        for (Map.Entry<K, KeyMemory> entry : changed.entrySet()) {
            setCurrentKey(entry.getKey());
            memoryState.write(entry.getValue());
        }
        changed.clear();
        batch.clear();
    }

    private void gather(Event<K> event) throws Exception {
        KeyMemory memory = memoryOf(event.key());
        if (intake.isLate(event, memory)) {
            metrics.late();
            output.collect(lateTag, new StreamRecord<>(event, event.time()));
            return;
        }
        double lastTarget = memory.step() == 0 ? Double.NaN : intake.target(memory);
        Rejected rejected = intake.take(event, memory, wave.inputs(), wave.nextOffset());
        if (rejected != null) {
            metrics.rejected();
            output.collect(rejectedTag, new StreamRecord<>(rejected, event.time()));
            return;
        }
        wave.add(event, memory, lastTarget);
        changed.put(event.key(), memory);
    }

    private KeyMemory memoryOf(K key) throws Exception {
        KeyMemory known = changed.get(key);
        if (known != null) {
            return known;
        }
        setCurrentKey(key);
        @Nullable KeyMemory memory = memoryState.read();
        return memory != null && intake.fits(memory) ? memory : intake.newMemory();
    }

    private void step() {
        if (wave.rows() == 0) {
            return;
        }
        long start = System.nanoTime();
        wave.step();
        metrics.stepped(System.nanoTime() - start);
        for (int row = 0; row < wave.rows(); row++) {
            Forecast<K> forecast = wave.forecast(row, weights.current());
            metrics.emitted(forecast);
            output.collect(new StreamRecord<>(forecast, forecast.time()));
        }
        wave.clear();
    }
}
