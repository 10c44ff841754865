package org.cellstream.inference;

import java.util.ArrayList;
import java.util.List;
import org.cellstream.config.GapConfig;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.SequenceOutput;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Rejected;
import org.cellstream.event.WeightUpdate;
import org.cellstream.features.FeaturePipeline;
import org.cellstream.nn.Kernels;
import org.cellstream.nn.Network;
import org.cellstream.nn.Stepper;
import org.cellstream.nn.Weights;
import org.cellstream.nn.WindowStepper;

/** Sequences of networks that need them whole, by the plainest reading of what the options say. */
final class ReferenceSequences {

    private final SequenceConfig config;
    private final ReferenceStep step;
    private final Outcome outcome;
    private final Network network;
    private final FeaturePipeline pipeline;

    ReferenceSequences(ScheduleSetup setup, ReferenceStep step, Outcome outcome) {
        this.config = setup.config().sequence();
        this.step = step;
        this.outcome = outcome;
        this.network = setup.shape().network();
        this.pipeline =
                new FeaturePipeline(setup.shape().columns(), setup.config().standardisation());
    }

    /** Takes an event in that is not older than the key's last; returns the key after it. */
    ReferenceKey take(Event<String> event, ReferenceKey before, WeightUpdate weights) {
        if (step.isOutside(event, before)) {
            outcome.rejected(ReferenceStep.outside(event));
            return before;
        }
        boolean expired = step.expires(before, event);
        ReferenceKey key = expired ? before.forgotten() : before.copy();
        if (startsAnew(event, key) || expired) {
            key.waiting.clear();
            key.beforeSequence = before.now();
            key.sinceReset = 0;
        }
        if (key.waiting.size() == config.mode().maxSteps()) {
            outcome.rejected(ReferenceStep.outside(event));
            return before;
        }
        Rejected rejected = step.takeFeatures(event, key, new float[network.inputs()]);
        if (rejected != null) {
            outcome.rejected(rejected);
            return before;
        }
        key.advance(event.time());
        key.waiting.add(event);
        key.open = true;
        return event.marks().ends() ? run(key, before, weights) : key;
    }

    /** Carries out the orders that hold; says whether the sequence starts with this event. */
    private boolean startsAnew(Event<String> event, ReferenceKey key) {
        ReferenceKey ordered = key.copy(); // h and c are those of the last sequence that was run
        boolean anew = step.carryOutOrders(event.time(), ordered);
        key.orders.retainAll(ordered.orders);
        GapConfig gaps = config.gaps();
        boolean gap =
                key.step > 0
                        && gaps.resetAfter() != null
                        && step.missed(key.lastTime, event.time()) > gaps.resetAfter();
        return anew || gap || event.marks().starts();
    }

    private ReferenceKey run(ReferenceKey ended, ReferenceKey before, WeightUpdate weights) {
        List<Event<String>> events = ended.waiting;
        ReferenceKey start = ended.beforeSequence;
        boolean forgot = ended.step == events.size();
        List<ReferenceKey> at = new ArrayList<>();
        ReferenceKey key = forgot ? start.forgotten() : start.now();
        key.sinceReset = 0;
        float[] inputs = new float[events.size() * network.inputs()];
        for (int t = 0; t < events.size(); t++) {
            float[] x = new float[network.inputs()];
            step.takeFeatures(events.get(t), key, x);
            System.arraycopy(x, 0, inputs, t * x.length, x.length);
            key.advance(events.get(t).time());
            at.add(key.now());
        }
        Stepper stepper = new Stepper(network, Kernels.scalar(), 1);
        stepper.load(new Weights(network, weights.values()));
        float[] state = new float[network.stateSize()];
        float[] y = new WindowStepper(stepper).runOne(events.size(), inputs, state);
        List<Forecast<String>> forecasts = new ArrayList<>();
        boolean finite = ReferenceStep.finite(state) && ReferenceStep.finite(y);
        for (int t = 0; t < events.size(); t++) {
            Forecast<String> forecast = forecast(events.get(t), at.get(t), y[t], weights);
            finite &= Double.isFinite(forecast.values()[0]);
            forecasts.add(forecast);
        }
        if (!finite) {
            events.forEach(event -> outcome.rejected(ReferenceStep.notFinite(event)));
            return takenBack(before, start, events.size());
        }
        int first = config.mode().output() == SequenceOutput.END ? forecasts.size() - 1 : 0;
        forecasts.subList(first, forecasts.size()).forEach(outcome::forecast);
        return after(ended, state, weights);
    }

    private ReferenceKey after(ReferenceKey ended, float[] state, WeightUpdate weights) {
        ReferenceKey key = ended.copy();
        System.arraycopy(state, 0, key.state, 0, state.length);
        step.precision().round(key.state, 0, state.length);
        key.sinceReset = ended.waiting.size();
        key.generation = weights.generation();
        key.number = weights.number();
        key.open = false;
        key.waiting.clear();
        return key;
    }

    /** What is not finite has not been; but a sequence that others cut off stays cut off. */
    private static ReferenceKey takenBack(ReferenceKey before, ReferenceKey start, int events) {
        ReferenceKey key = before.copy();
        if (events > 1) {
            System.arraycopy(start.features, 0, key.features, 0, key.features.length);
            key.step = start.step;
            key.sinceReset = start.sinceReset;
            key.lastTime = start.lastTime;
            key.open = false;
            key.waiting.clear();
        }
        return key;
    }

    private Forecast<String> forecast(
            Event<String> event, ReferenceKey key, float y, WeightUpdate weights) {
        double value = pipeline.target(key.features) + pipeline.changeScale(key.features) * y;
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
                weights.generation(),
                weights.number(),
                key.sinceReset == 1,
                key.sinceReset,
                Double.NaN,
                Double.NaN,
                false);
    }
}
