package org.cellstream.inference;

import java.util.ArrayList;
import java.util.List;
import org.cellstream.config.ModeConfig;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Rejected;
import org.cellstream.event.WeightUpdate;
import org.cellstream.loss.Loss;
import org.cellstream.nn.Magnitude;
import org.cellstream.nn.Network;
import org.cellstream.nn.WindowStepper;
import org.cellstream.state.Intake;
import org.cellstream.state.KeptEvent;
import org.cellstream.state.KeyMemory;
import org.cellstream.state.MemoryUndo;
import org.cellstream.state.OpenSequence;
import org.cellstream.state.Resident;

/**
 * Sequences for a network that needs all steps of one at once, since it reads it from both ends
 * too: events wait in their key's memory until one ends the sequence, which is then run whole. Such
 * a network has seen what came after a step, so that no forecast of it is scored.
 */
final class WholeSequences<K> {

    private final ForecasterParts<K> parts;
    private final Intake intake;
    private final ModeConfig mode;
    private final Network network;
    private final WindowStepper windows;
    private final Head head;
    private final MemoryUndo undo;
    private final float[] row;
    private final float[] state;

    WholeSequences(ForecasterParts<K> parts) {
        this.parts = parts;
        this.intake = parts.intake();
        this.mode = parts.config().sequence().mode();
        this.network = parts.tools().stepper().network();
        this.windows = new WindowStepper(parts.tools().stepper());
        this.head = new Head(Loss.of(parts.config().loss()), intake, network.outputs());
        this.undo = intake.newUndo();
        this.row = new float[network.inputs()];
        this.state = new float[network.stateSize()];
    }

    /**
     * What an event led to: forecasts, where it ended a sequence, or rejections; nothing if it
     * waits.
     */
    record Outcome<K>(List<Forecast<K>> forecasts, List<Rejected> rejected) {

        static <K> Outcome<K> waits() {
            return new Outcome<>(List.of(), List.of());
        }

        static <K> Outcome<K> of(Rejected rejected) {
            return new Outcome<>(List.of(), List.of(rejected));
        }
    }

    /** Takes an event into its key's sequence, and runs the sequence if it ends with it. */
    Outcome<K> take(Event<K> event, Resident<K> resident, WeightUpdate weights) {
        KeyMemory memory = resident.memory();
        Rejected outside = parts.rules().refuse(event, memory);
        if (outside != null) {
            return Outcome.of(outside);
        }
        undo.save(memory);
        OpenSequence open = memory.sequence();
        boolean expired = open != null && open.forgot(memory);
        OpenSequence sequence = goesOnFrom(event, memory, weights);
        if (sequence.events().size() >= mode.maxSteps()) {
            undo.restore(memory);
            return Outcome.of(tooLong(event));
        }
        Rejected rejected = intake.take(event, memory, row, 0);
        if (rejected != null) {
            undo.restore(memory);
            return Outcome.of(rejected);
        }
        KeyChanges changes = parts.rules().changes();
        boolean anew = sequence.events().isEmpty();
        boolean cutsOff = anew && open != null && !open.events().isEmpty();
        OpenSequence longer = sequence.with(event);
        Outcome<K> outcome = Outcome.waits();
        if (event.marks().ends()) {
            changes.cold = true;
            changes.expired = longer.forgot(memory);
            outcome = run(longer, resident, weights);
        } else {
            changes.expired = false; // it has not been stepped yet, and may never be
            memory.keepSequence(longer);
        }
        if (outcome.rejected().isEmpty()) {
            changes.expired |= cutsOff && expired;
            noteTaken(memory, changes, cutsOff);
        }
        keep(resident);
        return outcome;
    }

    /** The sequence that an event belongs to: its key's, or one that starts with it. */
    private OpenSequence goesOnFrom(Event<K> event, KeyMemory memory, WeightUpdate weights) {
        OpenSequence open = memory.sequence();
        // Every sequence is run from zeros: of a start only whether it starts anew counts here.
        boolean anew =
                parts.rules()
                        .start(memory, event, weights, parts.residents().states(), 0)
                        .startsAnew();
        boolean starts = anew || parts.rules().starts(event);
        return open == null || open.equals(OpenSequence.STEPPED) || starts ? undo.sequence() : open;
    }

    /** Notes what came of an event that waits, or ended a sequence which was finite. */
    private void noteTaken(KeyMemory memory, KeyChanges changes, boolean cutsOff) {
        memory.dropOrders(memory.lastTime());
        // Of a job before this one: neither way back nor window leads over a sequence.
        memory.keepHistory(null);
        memory.keepInputs(null);
        memory.keepPending(null);
        memory.keepExperts(null); // they would know of a sequence when it has ended, too late
        parts.metrics().changed(changes);
        if (cutsOff) {
            parts.metrics().droppedSequence();
        }
    }

    private void keep(Resident<K> resident) {
        KeyMemory memory = resident.memory();
        // Never seen but for a sequence that was not finite.
        boolean unseen = memory.step() == 0 && memory.orders() == null;
        if (unseen) {
            parts.residents().forget(resident.key());
        } else {
            parts.residents().changed(resident);
        }
    }

    private Rejected tooLong(Event<K> event) {
        return SequenceRules.refused(
                "%s is one more than the %d of a sequence; need one that ends it before, or a larger"
                                .formatted(event, mode.maxSteps())
                        + " sequence.max-steps",
                event);
    }

    private Outcome<K> run(OpenSequence sequence, Resident<K> resident, WeightUpdate weights) {
        KeyMemory memory = resident.memory();
        List<KeptEvent> events = sequence.events();
        int steps = events.size();
        float[] inputs = new float[steps * row.length];
        boolean forgot = sequence.forgot(memory);
        startAgain(sequence, forgot, memory);
        for (int t = 0; t < steps; t++) {
            takeAgain(events.get(t).of(resident.key()), memory, inputs, t);
        }
        long start = System.nanoTime();
        float[] y = windows.runOne(steps, inputs, state);
        parts.metrics().stepped(System.nanoTime() - start);
        float largest = Magnitude.largest(state, 0, state.length);
        startAgain(sequence, forgot, memory);
        List<Forecast<K>> forecasts = forecasts(sequence, resident, y, weights);
        if (!Float.isFinite(largest) || forecasts.size() < steps) {
            return takeBack(sequence, resident);
        }
        memory.keepSequence(null);
        memory.keepForecast(null);
        System.arraycopy(state, 0, memory.layers(), memory.at(), state.length);
        int end = memory.at() + state.length;
        parts.tools().precision().round(memory.layers(), memory.at(), end);
        memory.advancedWith(weights.generation(), weights.number());
        return new Outcome<>(told(forecasts), List.of());
    }

    /** Makes a memory what it was when the first event of a sequence was about to be taken in. */
    private void startAgain(OpenSequence sequence, boolean forgot, KeyMemory memory) {
        sequence.rewind(memory);
        if (forgot) {
            intake.forget(memory);
        }
        memory.countFrom(0);
    }

    /** Makes a memory what it was before a sequence that is not finite. */
    private Outcome<K> takeBack(OpenSequence sequence, Resident<K> resident) {
        List<KeptEvent> events = sequence.events();
        sequence.rewind(resident.memory());
        if (events.size() > 1) { // else the sequence that it is in has not been touched yet
            resident.memory().keepSequence(null);
        }
        events.forEach(event -> parts.metrics().quarantined());
        return new Outcome<>(
                List.of(),
                events.stream().map(kept -> NotFinite.step(kept.of(resident.key()))).toList());
    }

    private List<Forecast<K>> told(List<Forecast<K>> forecasts) {
        return switch (mode.output()) {
            case EVERY_STEP -> forecasts;
            case END -> forecasts.subList(forecasts.size() - 1, forecasts.size());
        };
    }

    /** A forecast for each event; fewer if one is not finite. */
    private List<Forecast<K>> forecasts(
            OpenSequence sequence, Resident<K> resident, float[] y, WeightUpdate weights) {
        KeyMemory memory = resident.memory();
        List<Forecast<K>> forecasts = new ArrayList<>();
        for (int t = 0; t < sequence.events().size(); t++) {
            Event<K> event = sequence.events().get(t).of(resident.key());
            takeAgain(event, memory, row, 0);
            double[] values = head.values(y, t, memory);
            if (values != null) {
                forecasts.add(forecast(event, values, memory, weights));
            }
        }
        return forecasts;
    }

    private void takeAgain(Event<K> event, KeyMemory memory, float[] rows, int t) {
        Rejected rejected = intake.take(event, memory, rows, t * row.length);
        if (rejected != null) {
            throw new IllegalStateException(
                    event + " was taken once and is not any more: " + rejected.reason());
        }
    }

    private Forecast<K> forecast(
            Event<K> event, double[] values, KeyMemory memory, WeightUpdate weights) {
        return new Forecast<>(
                event.key(),
                event.time(),
                memory.step(),
                values,
                head.raw(values, memory),
                weights.generation(),
                weights.number(),
                memory.stepsSinceReset() == 1,
                memory.stepsSinceReset(),
                Double.NaN,
                Double.NaN,
                false);
    }
}
