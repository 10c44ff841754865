package org.cellstream.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.cellstream.config.MissingSteps;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.SequenceOutput;
import org.cellstream.config.WeightsChange;
import org.cellstream.event.Event;
import org.cellstream.event.Rejected;
import org.cellstream.event.WeightUpdate;
import org.cellstream.nn.Precision;
import org.cellstream.nn.Stepper;
import org.cellstream.state.Intake;
import org.cellstream.state.KeptInputs;
import org.cellstream.state.KeyMemory;
import org.cellstream.state.OpenSequence;
import org.cellstream.state.StateOfLayers;
import org.cellstream.state.TimedOrder;
import org.cellstream.state.TimedOrders;
import org.jspecify.annotations.Nullable;

/**
 * Decides from which state a key's next step starts: from the one it ended in, unless the key is
 * forgotten by now, an order holds, steps were missed, or the weights are new; in this order, and
 * each of them by event times, the memory and the weights alone, so that every replay decides the
 * same. A memory's h and c are left as they are: a start that differs is made in a spare row.
 */
final class SequenceRules<K> {

    private final SequenceConfig config;
    private final Intake intake;
    private final SharedResets<K> resets;
    private final StateOfLayers layers;
    private final Stepper stepper;
    private final Precision precision;
    private final KeyChanges changes = new KeyChanges();
    private final int stateSize;
    private final float[] row;
    private final float[] next;
    private final float[] unused;
    private final int[] at = new int[1];

    SequenceRules(SequenceConfig config, Intake intake, SharedResets<K> resets, StepTools tools) {
        this.config = config;
        this.intake = intake;
        this.resets = resets;
        stepper = tools.stepper();
        precision = tools.precision();
        layers = new StateOfLayers(stepper.network());
        stateSize = stepper.network().stateSize();
        row = new float[stepper.network().inputs()];
        next = new float[stateSize];
        unused = new float[stepper.network().outputs()];
    }

    /** Which of the rules made a start differ from where the key's last step ended. */
    enum Start {
        /** None: the step starts from the memory's own h and c. */
        GOES_ON,
        /** It goes on from a state that was changed. */
        CHANGED,
        /** It starts anew: what the key's last inputs were does not count any more. */
        ANEW,
        /** The key is as if it had never been seen. */
        FORGOTTEN;

        /** Whether what the key's last inputs were does not count any more. */
        boolean startsAnew() {
            return this == ANEW || this == FORGOTTEN;
        }
    }

    /** Whether a sequence starts with an event, where there are sequences. */
    boolean starts(Event<?> event) {
        return config.mode().isSequence() && event.marks().starts();
    }

    /** Whether an event gets a forecast. */
    boolean tells(Event<?> event) {
        return config.mode().output() == SequenceOutput.EVERY_STEP || event.marks().ends();
    }

    /** Why an event cannot be stepped where it stands; null if it can. */
    @Nullable Rejected refuse(Event<?> event, KeyMemory memory) {
        boolean open =
                memory.sequence() != null && !config.expires(memory.lastTime(), event.time());
        if (!config.mode().isSequence() || starts(event) || open) {
            return null;
        }
        return refused(
                "%s is in no sequence: none was started since the last one ended; need one that"
                                .formatted(event)
                        + " starts first",
                event);
    }

    static Rejected refused(String reason, Event<?> event) {
        return new Rejected(
                reason,
                Rejected.Cause.SEQUENCE,
                null,
                null,
                null,
                event.partition(),
                event.offset(),
                null);
    }

    /** Notes in a memory whether its key is in a sequence after an event that was stepped. */
    void noteSequence(Event<?> event, KeyMemory memory) {
        boolean open = config.mode().isSequence() && !event.marks().ends();
        memory.keepSequence(open ? OpenSequence.STEPPED : null);
    }

    /** What became of the key for which a start was made last. */
    KeyChanges changes() {
        return changes;
    }

    /**
     * Makes the start of a step. Changes of the memory what its {@code MemoryUndo} restores.
     *
     * @param event to be stepped
     * @param states the array of all states, in which {@code spare} is the offset of a spare row
     */
    Start start(KeyMemory memory, Event<?> event, WeightUpdate weights, float[] states, int spare) {
        changes.clear();
        long time = event.time();
        if (memory.step() == 0 && memory.orders() == null) {
            return Start.GOES_ON;
        }
        if (memory.step() > 0 && config.expires(memory.lastTime(), time)) {
            intake.forget(memory);
            Arrays.fill(states, spare, spare + stateSize, 0);
            changes.expired = true;
            carryOut(memory, time, states, Start.FORGOTTEN, spare);
            return Start.FORGOTTEN;
        }
        if (starts(event)) {
            Arrays.fill(states, spare, spare + stateSize, 0);
            memory.countFrom(0);
            return carryOut(memory, time, states, Start.ANEW, spare);
        }
        Start ordered = carryOut(memory, time, states, Start.GOES_ON, spare);
        if (ordered == Start.ANEW || memory.step() == 0) {
            return ordered;
        }
        long missed = config.gaps().missed(memory.lastTime(), time);
        if (config.gaps().resets(missed)) {
            Arrays.fill(states, spare, spare + stateSize, 0);
            memory.countFrom(0);
            changes.resetByGap = true;
            return Start.ANEW;
        }
        Start changed = changeWeights(memory, weights, states, ordered, spare);
        return changed == Start.ANEW ? changed : carry(memory, missed, states, changed, spare);
    }

    private Start carryOut(KeyMemory memory, long time, float[] states, Start before, int spare) {
        TimedOrders own = memory.orders();
        boolean mayReset = memory.step() > 0 && resets.anyAfter(memory.lastTime());
        if (own == null && !mayReset) {
            return before;
        }
        List<TimedOrder> due = new ArrayList<>();
        if (mayReset) {
            due.addAll(resets.between(memory.lastTime(), time));
        }
        if (own != null) {
            due.addAll(own.until(time));
        }
        due.removeIf(order -> !layers.fits(order));
        due.sort(Comparator.comparingLong(TimedOrder::time));
        Start start = before;
        for (TimedOrder order : due) {
            start = stage(memory, states, start, spare);
            start = carryOut(order, memory, states, start, spare);
        }
        return start;
    }

    private Start carryOut(
            TimedOrder order, KeyMemory memory, float[] states, Start start, int spare) {
        if (!order.state().isEmpty()) {
            layers.write(order.state(), states, spare);
            precision.round(states, spare, spare + stateSize);
            memory.countFrom(Math.max(1, memory.stepsSinceReset()));
            return Start.ANEW;
        }
        changes.resetsByOrder++;
        if (order.layer() != null) {
            layers.reset(order.layer(), states, spare);
            return start;
        }
        Arrays.fill(states, spare, spare + stateSize, 0);
        memory.countFrom(0);
        return Start.ANEW;
    }

    /** Copies h and c to the spare row, unless they are there. */
    private Start stage(KeyMemory memory, float[] states, Start start, int spare) {
        if (start != Start.GOES_ON) {
            return start;
        }
        System.arraycopy(memory.layers(), memory.at(), states, spare, stateSize);
        return Start.CHANGED;
    }

    private Start changeWeights(
            KeyMemory memory, WeightUpdate weights, float[] states, Start start, int spare) {
        boolean same =
                memory.weightsGeneration() == weights.generation()
                        && memory.weightsNumber() == weights.number();
        if (same || config.weightsChange() == WeightsChange.KEEP) {
            return start;
        }
        Arrays.fill(states, spare, spare + stateSize, 0);
        KeptInputs inputs = memory.inputs();
        if (config.weightsChange() == WeightsChange.RESET || inputs == null) {
            memory.countFrom(0);
            changes.resetByWeights = true;
            return Start.ANEW;
        }
        for (int i = 0; i < inputs.count(); i++) {
            inputs.copyRow(i, row, 0);
            stepAlone(states, spare);
        }
        memory.countFrom(inputs.count());
        changes.rerun = true;
        return Start.CHANGED;
    }

    private Start carry(KeyMemory memory, long missed, float[] states, Start start, int spare) {
        KeptInputs inputs = memory.inputs();
        if (missed == 0
                || config.gaps().missing() == MissingSteps.MASK
                || inputs == null
                || inputs.count() == 0) {
            return start;
        }
        stage(memory, states, start, spare);
        inputs.copyRow(inputs.count() - 1, row, 0);
        for (long step = 0; step < missed; step++) {
            stepAlone(states, spare);
        }
        changes.carriedSteps = missed;
        return Start.CHANGED;
    }

    /** Advances the spare row by the input in {@link #row}. */
    private void stepAlone(float[] states, int spare) {
        at[0] = spare;
        stepper.step(1, row, states, at, next, unused);
        precision.round(next, 0, stateSize);
        System.arraycopy(next, 0, states, spare, stateSize);
    }
}
