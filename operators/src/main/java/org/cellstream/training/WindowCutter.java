package org.cellstream.training;

import java.util.ArrayList;
import java.util.List;
import org.cellstream.config.MissingSteps;
import org.cellstream.config.TrainingConfig;
import org.cellstream.event.Event;
import org.cellstream.event.Rejected;
import org.cellstream.loss.Loss;
import org.cellstream.nn.Network;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;
import org.cellstream.state.OpenWindow;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a key's events into windows. The label of an event is what the network was to predict at it:
 * the change of the target to the key's next event, in units of the key's scale at that event; or,
 * for a loss of classes, the target at the next event, which teaches if it is a class.
 *
 * <p>A gap that the key's state does not survive in the forecaster ends the window: steps that it
 * lacks weigh nothing, and the next window starts from zeros. After its time to live a key is as
 * one never seen, its window included: by then a sweep may have given that back.
 */
final class WindowCutter {

    private static final Cut NOTHING = new Cut(null, List.of());

    private final Intake intake;
    private final TrainingConfig config;
    private final int steps;
    private final Loss loss;
    private final int outputs;
    private final float[] row;

    WindowCutter(Intake intake, TrainingConfig config, Network network) {
        this.intake = intake;
        this.config = config;
        this.steps = config.learning().window();
        this.loss = Loss.of(config.learning().loss());
        this.outputs = network.outputs();
        this.row = new float[network.inputs()];
    }

    /** What an event led to: a rejection, or the windows that it filled or ended. */
    record Cut(@Nullable Rejected rejected, List<Ended> windows) {}

    /**
     * A window that has left its key's memory.
     *
     * @param anew whether it starts from zeros
     */
    record Ended(OpenWindow window, boolean anew) {}

    /**
     * Takes an event into its key's memory and window; a window that is full or ended leaves the
     * memory. A memory whose event was rejected must not be written: it may have changed.
     */
    Cut take(Event<?> event, KeyMemory memory) {
        forgetIfExpired(event, memory);
        OpenWindow window = fitting(memory);
        boolean anew = window != null && window.rows() == memory.stepsSinceReset();
        long missed = missed(event, memory);
        boolean ended = endSequence(memory, missed);
        boolean goesOn = !ended && window != null && intake.hasTarget(memory);
        double lastTarget = goesOn ? intake.target(memory) : 0;
        double scale = goesOn ? intake.changeScale(memory) : 0;
        Rejected rejected = intake.take(event, memory, row, 0);
        if (rejected != null) {
            return new Cut(rejected, List.of());
        }
        if (window == null || !goesOn) {
            OpenWindow opened = new OpenWindow(steps, row.length);
            opened.add(row);
            memory.keepWindow(opened);
            return new Cut(
                    null,
                    window != null && ended && teaches(window)
                            ? List.of(new Ended(window, anew))
                            : List.of());
        }
        boolean full = label(window, intake.target(memory), lastTarget, scale);
        long carried = config.sequence().gaps().missing() == MissingSteps.CARRY ? missed : 0;
        if (!full && carried == 0) {
            window.add(row);
            return NOTHING;
        }
        return new Cut(null, goOn(memory, window, anew, carried));
    }

    /**
     * Adds the row of the event, after those of the steps that were missed before it: as in the
     * forecaster, each takes the last input once more. There is nothing to learn from them.
     *
     * @return windows that are full
     */
    private List<Ended> goOn(KeyMemory memory, OpenWindow first, boolean anew, long carried) {
        List<Ended> full = new ArrayList<>();
        OpenWindow window = first;
        float[] last = first.lastRow(row.length);
        for (long step = 0; step <= carried; step++) {
            if (window.rows() == steps) {
                full.add(new Ended(window, anew && full.isEmpty()));
                window = new OpenWindow(steps, row.length);
            }
            boolean isEvent = step == carried;
            window.add(isEvent ? row : last);
            if (!isEvent) {
                window.label(0, 0);
            }
        }
        memory.countFrom(memory.stepsSinceReset() + carried);
        memory.keepWindow(window);
        return full;
    }

    private long missed(Event<?> event, KeyMemory memory) {
        return memory.step() == 0
                ? 0
                : config.sequence().gaps().missed(memory.lastTime(), event.time());
    }

    /** The memory's window; one of another length is learned from no more, nor gone on from. */
    private @Nullable OpenWindow fitting(KeyMemory memory) {
        OpenWindow window = memory.window();
        if (window == null || window.holds(steps, row.length)) {
            return window;
        }
        memory.keepWindow(null);
        memory.countFrom(0);
        return null;
    }

    private void forgetIfExpired(Event<?> event, KeyMemory memory) {
        if (memory.step() > 0 && config.sequence().expires(memory.lastTime(), event.time())) {
            intake.forget(memory);
            memory.keepWindow(null);
        }
    }

    /** Ends a key's sequence where an event comes after a gap that it does not survive. */
    private boolean endSequence(KeyMemory memory, long missed) {
        if (!config.sequence().gaps().resets(missed)) {
            return false;
        }
        memory.countFrom(0);
        return true;
    }

    /** Whether a window has a step that weighs anything. */
    private static boolean teaches(OpenWindow window) {
        for (float weight : window.weights()) {
            if (weight > 0) {
                return true;
            }
        }
        return false;
    }

    private boolean label(OpenWindow window, double target, double lastTarget, double scale) {
        if (loss.target() == Loss.Target.CHANGE) {
            return window.label(label(target - lastTarget, scale), scale > 0 ? 1 : 0);
        }
        boolean known = (float) target == target && loss.accepts((float) target, outputs);
        return window.label(known ? (float) target : 0, known ? 1 : 0);
    }

    private float label(double change, double scale) {
        double clip = config.standardisation().clip();
        return scale == 0 ? 0 : (float) Math.max(-clip, Math.min(clip, change / scale));
    }
}
