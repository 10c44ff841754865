package org.cellstream.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cellstream.config.GapConfig;
import org.cellstream.config.LabelSource;
import org.cellstream.config.MemoryPrecision;
import org.cellstream.config.MissingSteps;
import org.cellstream.config.MissingTarget;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.SequenceOutput;
import org.cellstream.config.WeightsChange;
import org.cellstream.event.Control;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Rejected;
import org.cellstream.event.WeightUpdate;
import org.cellstream.features.EventFacts;
import org.cellstream.features.FeatureFailure;
import org.cellstream.features.FeaturePipeline;
import org.cellstream.nn.Kernels;
import org.cellstream.nn.Network;
import org.cellstream.nn.Precision;
import org.cellstream.nn.Stepper;
import org.cellstream.nn.Weights;

/** Takes one event into one key, by the plainest reading of what the options say. */
final class ReferenceStep {

    private final ScheduleSetup setup;
    private final SequenceConfig sequence;
    private final Network network;
    private final FeaturePipeline pipeline;
    private final Stepper stepper;
    private final ReferenceVoices voices;

    /** Orders about all keys, in order of arrival. */
    private final List<Control<String>> forAll = new ArrayList<>();

    /** Events as they were stepped whose target was the key's own forecast. */
    private final Set<Event<String>> fedBack = Collections.newSetFromMap(new IdentityHashMap<>());

    private WeightUpdate loaded;

    ReferenceStep(ScheduleSetup setup) {
        this.setup = setup;
        this.sequence = setup.config().sequence();
        this.network = setup.shape().network();
        this.pipeline =
                new FeaturePipeline(setup.shape().columns(), setup.config().standardisation());
        this.stepper = new Stepper(network, Kernels.scalar(), 1);
        this.voices = new ReferenceVoices(setup.config());
    }

    ReferenceKey fresh() {
        return new ReferenceKey(pipeline.memorySize(), network.stateSize());
    }

    void orderForAll(Control<String> control) {
        forAll.add(control);
    }

    /**
     * What an event leads to.
     *
     * @param key the key after it; as before, if the event was rejected
     */
    record Result(ReferenceKey key, Forecast<String> forecast, Rejected rejected) {}

    /** Takes an event in that is not older than the key's last. */
    Result take(Event<String> came, ReferenceKey before, WeightUpdate weights) {
        load(weights);
        Rejected refused = refuse(came, before);
        if (refused != null) {
            return new Result(before, null, refused);
        }
        boolean expired = expires(before, came);
        Event<String> event = missesTarget(came) ? feedBack(came, before) : came;
        ReferenceKey key = expired ? before.forgotten() : before.copy();
        start(event, key, weights);
        double lastTarget =
                pipeline.hasTarget(key.features) && !starts(event)
                        ? pipeline.target(key.features)
                        : Double.NaN;
        float[] x = new float[network.inputs()];
        Rejected rejected = takeFeatures(event, key, x);
        if (rejected != null) {
            return new Result(before, null, rejected);
        }
        key.advance(event.time());
        float y = sequence.mode().isWindow() ? runWindow(key, x) : step(key, x);
        double target = pipeline.target(key.features);
        double network = target + pipeline.changeScale(key.features) * y;
        if (!finite(key.state) || !Float.isFinite(y) || !Double.isFinite(network)) {
            return new Result(before, null, notFinite(event));
        }
        boolean fed = fedBack.contains(event);
        var said = voices.hear(key, target, network, fed, starts(event));
        Forecast<String> forecast =
                forecast(event, key, said, fed ? Double.NaN : target - lastTarget);
        key.forecast = said.value();
        key.inputs.add(x);
        key.open = sequence.mode().isSequence() && !event.marks().ends();
        if (largest(key.state) > setup.config().memory().stateLimit()) {
            reset(key);
        }
        keepWayBack(event, key, expired);
        return new Result(key, tells(event) ? forecast : null, null);
    }

    private boolean tells(Event<String> event) {
        return sequence.mode().output() == SequenceOutput.EVERY_STEP || event.marks().ends();
    }

    private Rejected refuse(Event<String> event, ReferenceKey key) {
        if (isOutside(event, key)) {
            return outside(event);
        }
        boolean none = expires(key, event) || starts(event) || Double.isNaN(key.forecast);
        return missesTarget(event) && none ? rejected(pipeline.noForecast(), event) : null;
    }

    private void start(Event<String> event, ReferenceKey key, WeightUpdate weights) {
        if (starts(event)) {
            reset(key);
        }
        if (!carryOutOrders(event.time(), key) && !starts(event)) {
            startByTimeAndWeights(event.time(), key, weights);
        }
    }

    /** Whether sequences are run when they have ended. */
    boolean runsWhole() {
        return sequence.mode().isSequence() && network.readsWholeWindows();
    }

    boolean starts(Event<String> event) {
        return sequence.mode().isSequence() && event.marks().starts();
    }

    /** Whether an event is in no sequence, where it has to be in one. */
    boolean isOutside(Event<String> event, ReferenceKey key) {
        boolean open = key.open && !expires(key, event);
        return sequence.mode().isSequence() && !event.marks().starts() && !open;
    }

    static Rejected outside(Event<String> event) {
        return rejected(Rejected.Cause.SEQUENCE, null, null, event);
    }

    private void keepWayBack(Event<String> event, ReferenceKey key, boolean expired) {
        boolean first = sequence.timeToLive() != null && key.step == 1;
        if (sequence.rewindSteps() > 0 && (expired || first)) {
            key.startWayBack();
        } else if (sequence.rewindSteps() > 0) {
            key.extendWayBack(event, sequence.rewindSteps());
        }
    }

    boolean expires(ReferenceKey key, Event<String> event) {
        return sequence.timeToLive() != null
                && key.step > 0
                && event.time() - key.lastTime > sequence.timeToLive().toMillis();
    }

    private boolean missesTarget(Event<String> event) {
        List<String> fields = setup.shape().columns().fields();
        int field = fields.indexOf(setup.shape().columns().targetField());
        return setup.config().missingTarget() == MissingTarget.FEEDBACK
                && event.numbers().length == fields.size()
                && Double.isNaN(event.numbers()[field]);
    }

    private Event<String> feedBack(Event<String> event, ReferenceKey key) {
        List<String> fields = setup.shape().columns().fields();
        double[] numbers = event.numbers().clone();
        numbers[fields.indexOf(setup.shape().columns().targetField())] =
                pipeline.undo(key.forecast, key.features);
        Event<String> fed =
                new Event<>(event.key(), event.time(), numbers, event.partition(), event.offset())
                        .marked(event.marks());
        fedBack.add(fed);
        return fed;
    }

    @SuppressWarnings("ReferenceEquality") // the same object, or it is loaded once more
    private void load(WeightUpdate weights) {
        if (weights != loaded) {
            stepper.load(new Weights(network, weights.values()));
            loaded = weights;
        }
    }

    /** Carries out the orders that hold at an event; returns whether the sequence starts anew. */
    boolean carryOutOrders(long time, ReferenceKey key) {
        List<Control<String>> due = new ArrayList<>();
        for (Control<String> order : forAll) {
            if (key.step > 0 && order.time() > key.lastTime && order.time() <= time) {
                due.add(order);
            }
        }
        for (Control<String> order : key.orders) {
            if (order.time() <= time) {
                due.add(order);
            }
        }
        due.sort(Comparator.comparingLong(Control::time));
        key.orders.removeAll(due);
        boolean anew = false;
        for (Control<String> order : due) {
            carryOut(order, key);
            anew |= order.action() != Control.Action.RESET_LAYER;
        }
        if (anew) {
            key.inputs.clear();
        }
        return anew;
    }

    /** Resets or seeds a key. */
    void carryOut(Control<String> order, ReferenceKey key) {
        switch (order.action()) {
            case RESET -> {
                Arrays.fill(key.state, 0);
                key.sinceReset = 0;
            }
            case RESET_LAYER -> {
                int at = offset(order.layer());
                Arrays.fill(key.state, at, at + size(order.layer()), 0);
            }
            case SEED -> {
                for (Map.Entry<String, float[]> layer : order.state().entrySet()) {
                    float[] values = layer.getValue();
                    System.arraycopy(values, 0, key.state, offset(layer.getKey()), values.length);
                }
                precision().round(key.state, 0, key.state.length);
                key.sinceReset = Math.max(1, key.sinceReset);
            }
            default -> throw new IllegalArgumentException(order + " changes no state");
        }
    }

    /** Size of a layer's state; 0 if there is no such layer. */
    int size(String layer) {
        for (int i = 0; i < network.layers().size(); i++) {
            if (network.nameOf(i).equals(layer)) {
                return network.layers().get(i).stateSize();
            }
        }
        return 0;
    }

    int offset(String layer) {
        int index = 0;
        while (!network.nameOf(index).equals(layer)) {
            index++;
        }
        return network.stateOffset(index);
    }

    Network network() {
        return network;
    }

    private void startByTimeAndWeights(long time, ReferenceKey key, WeightUpdate weights) {
        if (key.step == 0) {
            return;
        }
        long missed = missed(key.lastTime, time);
        GapConfig gaps = sequence.gaps();
        if (gaps.resetAfter() != null && missed > gaps.resetAfter()) {
            reset(key);
            return;
        }
        boolean changed = key.generation != weights.generation() || key.number != weights.number();
        if (changed && sequence.weightsChange() == WeightsChange.RESET) {
            reset(key);
            return;
        }
        if (changed && sequence.weightsChange() == WeightsChange.RERUN) {
            rerun(key);
        }
        if (gaps.missing() == MissingSteps.CARRY && !key.inputs.isEmpty()) {
            for (long i = 0; i < missed; i++) {
                step(key, key.inputs.get(key.inputs.size() - 1));
            }
        }
    }

    private void rerun(ReferenceKey key) {
        int size = key.inputs.size();
        List<float[]> last = key.inputs.subList(Math.max(0, size - sequence.rerunSteps()), size);
        Arrays.fill(key.state, 0);
        for (float[] x : last) {
            step(key, x);
        }
        key.sinceReset = last.size();
    }

    /** Steps missed between two events: their distance in cadences, rounded, less one. */
    long missed(long before, long now) {
        if (sequence.gaps().cadence() == null) {
            return 0;
        }
        double cadences = (double) (now - before) / sequence.gaps().cadence().toMillis();
        return Math.max(0, Math.round(cadences) - 1);
    }

    /** Starts a key's sequence from zeros. */
    private static void reset(ReferenceKey key) {
        Arrays.fill(key.state, 0);
        key.sinceReset = 0;
        key.inputs.clear();
    }

    Rejected takeFeatures(Event<String> event, ReferenceKey key, float[] x) {
        int fields = setup.shape().columns().fields().size();
        if (event.numbers().length != fields) {
            return rejected(Rejected.Cause.MALFORMED, null, null, event);
        }
        double gap =
                key.lastTime == Long.MIN_VALUE ? 0 : ((double) event.time() - key.lastTime) / 1000;
        EventFacts facts = new EventFacts(event.key(), event.time(), gap);
        FeatureFailure failure = pipeline.advance(event.numbers(), facts, key.features, x, 0);
        return failure == null ? null : rejected(failure, event);
    }

    private static Rejected rejected(FeatureFailure failure, Event<String> event) {
        return new Rejected(
                failure.reason(),
                Rejected.Cause.valueOf(failure.kind().name()),
                failure.column(),
                failure.value(),
                null,
                event.partition(),
                event.offset(),
                null);
    }

    static Rejected notFinite(Event<String> event) {
        String numbers = Arrays.toString(event.numbers());
        return rejected(Rejected.Cause.NOT_FINITE, null, numbers, event);
    }

    private static Rejected rejected(
            Rejected.Cause cause, String field, String value, Event<String> event) {
        return new Rejected("", cause, field, value, null, event.partition(), event.offset(), null);
    }

    /** Advances a key by one input; returns the network's output. */
    private float step(ReferenceKey key, float[] x) {
        float[] next = new float[key.state.length];
        float[] y = new float[1];
        stepper.step(1, x, key.state, next, y);
        precision().round(next, 0, next.length);
        System.arraycopy(next, 0, key.state, 0, next.length);
        return y[0];
    }

    /** Runs a key's last inputs from zeros; what lies between is rounded to nothing. */
    private float runWindow(ReferenceKey key, float[] x) {
        int before = Math.min(key.inputs.size(), sequence.mode().window() - 1);
        float[] y = new float[1];
        float[] state = new float[key.state.length];
        for (int i = key.inputs.size() - before; i <= key.inputs.size(); i++) {
            float[] next = new float[state.length];
            stepper.step(1, i < key.inputs.size() ? key.inputs.get(i) : x, state, next, y);
            state = next;
        }
        precision().round(state, 0, state.length);
        System.arraycopy(state, 0, key.state, 0, state.length);
        return y[0];
    }

    /** Whether a key's state goes on from event to event, so that it can be set. */
    boolean goesOn() {
        return !sequence.mode().isWindow() && !network.readsWholeWindows();
    }

    Precision precision() {
        MemoryPrecision precision = setup.config().memory().precision();
        return Precision.valueOf(precision.name());
    }

    static boolean finite(float[] state) {
        for (float value : state) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private static double largest(float[] state) {
        double largest = 0;
        for (float value : state) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private Forecast<String> forecast(
            Event<String> event,
            ReferenceKey key,
            ReferenceVoices.Said said,
            double persistenceError) {
        double value = said.value();
        boolean given = setup.config().labels() == LabelSource.GIVEN;
        boolean unscored = fedBack.contains(event) || starts(event);
        double target = pipeline.target(key.features);
        double label = event.marks().label();
        key.generation = loaded.generation();
        key.number = loaded.number();
        double[] raw =
                pipeline.undoable()
                        ? new double[] {pipeline.undo(value, key.features)}
                        : new double[0];
        return new Forecast<>(
                event.key(),
                event.time(),
                key.step,
                new double[] {value},
                raw,
                key.generation,
                key.number,
                key.sinceReset == 1,
                key.sinceReset,
                given ? label - value : unscored ? Double.NaN : target - key.forecast,
                given ? label - target : persistenceError,
                false,
                said.low(),
                said.high(),
                said.anomaly(),
                said.spoke(),
                said.share(),
                said.told());
    }
}
