package org.cellstream.inference;

import java.time.Duration;
import java.util.Arrays;
import org.cellstream.event.Event;
import org.cellstream.experts.ExpertMemory;
import org.cellstream.loss.Loss;
import org.cellstream.nn.Magnitude;
import org.cellstream.state.Intake;
import org.cellstream.state.KeptInputs;
import org.cellstream.state.KeyMemory;
import org.cellstream.state.PendingForecasts;

/**
 * Forecasts several events ahead: network and experts run on on the key's own forecasts, from a
 * copy of what it remembers, as if events came at the pace of the last two. All that is not
 * forecast stays what it was at the key's last event. What was forecast waits in the memory until
 * its truth has come.
 */
final class FarForecasts<K> {

    private final ForecasterParts<K> parts;
    private final Intake intake;
    private final Head head;
    private final Voices voices;
    private final RowSteps steps;
    private final KeyMemory scratch;
    private final int[] horizons;
    private final int stateSize;
    private final float[] x;
    private final float[] next;
    private final float[] y;
    private final double[] values;
    private final double[] errors;
    private final double[] persistenceErrors;

    /** Of the event at hand; NaN if it is not known. */
    private double target;

    /**
     * @param steps of one row
     */
    FarForecasts(ForecasterParts<K> parts, RowSteps steps) {
        this.parts = parts;
        this.intake = parts.intake();
        this.steps = steps;
        this.scratch = intake.newMemory();
        this.horizons =
                parts.config().horizons().events().stream().mapToInt(Integer::intValue).toArray();
        var network = parts.tools().stepper().network();
        this.head = new Head(Loss.of(parts.config().loss()), intake, network.outputs());
        this.voices = new Voices(parts.config());
        this.stateSize = network.stateSize();
        this.x = new float[network.inputs()];
        this.next = new float[stateSize];
        this.y = new float[network.outputs()];
        this.values = new double[horizons.length];
        this.errors = new double[horizons.length];
        this.persistenceErrors = new double[horizons.length];
    }

    /** Whether the job forecasts more than the next event. */
    boolean on() {
        return horizons.length > 0;
    }

    /**
     * Measures what was forecast for an event.
     *
     * @param follows whether its target is the one that followed; else all that waited is dropped
     * @param known whether its target is more than a forecast that was fed back
     */
    void measure(KeyMemory memory, boolean follows, boolean known) {
        PendingForecasts pending = memory.pending();
        if (pending == null || !pending.isOf(horizons) || !follows) {
            pending = PendingForecasts.of(horizons);
            memory.keepPending(pending);
        }
        target = known ? intake.target(memory) : Double.NaN;
        for (int i = 0; i < horizons.length; i++) {
            errors[i] = error(pending.forecast(i));
            persistenceErrors[i] = error(pending.targetBefore(i));
        }
    }

    private double error(double expected) {
        return Double.isNaN(target) ? Double.NaN : head.error(target, expected);
    }

    /**
     * Runs on from the state that a memory has after an event that was measured.
     *
     * @param point the forecast of the next event
     * @param pace milliseconds since the event before; to the next one as many, unless the job
     *     expects another cadence
     * @param spare a row among the states that nobody needs
     */
    void runOn(Event<K> event, KeyMemory memory, double point, long pace, int spare) {
        float[] states = parts.residents().states();
        Arrays.fill(values, Double.NaN);
        intake.follow(scratch, memory);
        ExpertMemory known = memory.experts();
        scratch.keepExperts(known == null ? null : known.copy());
        System.arraycopy(memory.layers(), memory.at(), states, spare, stateSize);
        double forecast = point;
        int farthest = horizons[horizons.length - 1];
        Duration cadence = parts.config().sequence().gaps().cadence();
        long millis = cadence == null ? pace : cadence.toMillis();
        long time = event.time();
        int i = 0;
        for (int ahead = 1; ahead <= farthest && !Double.isNaN(forecast); ahead++) {
            if (horizons[i] == ahead) {
                values[i++] = forecast;
            }
            time += millis;
            forecast = ahead == farthest ? Double.NaN : step(event, time, forecast, spare);
        }
        PendingForecasts pending = memory.pending();
        if (pending != null) {
            pending.add(target, values);
        }
    }

    /** One step on a forecast; NaN if it cannot be made. */
    private double step(Event<K> event, long time, double forecast, int spare) {
        Event<K> fed =
                intake.feedBack(
                        new Event<>(event.key(), time, event.numbers(), -1, -1), forecast, scratch);
        if (intake.take(fed, scratch, x, 0) != null) {
            return Double.NaN;
        }
        float[] states = parts.residents().states();
        steps.from(0, scratch, x, SequenceRules.Start.CHANGED, spare);
        steps.step(1, x, next, y);
        parts.tools().precision().round(next, 0, stateSize);
        double[] ahead = head.values(y, 0, scratch);
        if (ahead == null || !Float.isFinite(Magnitude.largest(next, 0, stateSize))) {
            return Double.NaN;
        }
        System.arraycopy(next, 0, states, spare, stateSize);
        KeptInputs inputs = scratch.inputs();
        if (inputs != null) {
            inputs.add(x, 0);
        }
        voices.hear(scratch, intake.target(scratch), null, Voices.Link.FED_BACK);
        voices.speak(scratch, ahead, head.kept(ahead)[0]);
        return head.kept(ahead)[0];
    }

    /** Forecasts of the event at hand, one for each horizon; a copy, as the next two. */
    double[] values() {
        return values.clone();
    }

    /** By how much the event at hand missed what was forecast for it. */
    double[] errors() {
        return errors.clone();
    }

    /** By how much it missed the targets that were there when it was forecast. */
    double[] persistenceErrors() {
        return persistenceErrors.clone();
    }
}
