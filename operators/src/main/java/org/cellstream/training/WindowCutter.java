package org.cellstream.training;

import java.util.ArrayList;
import java.util.List;
import org.cellstream.config.MissingSteps;
import org.cellstream.config.MissingTarget;
import org.cellstream.config.ModeConfig;
import org.cellstream.config.SequenceOutput;
import org.cellstream.config.TrainingConfig;
import org.cellstream.event.Event;
import org.cellstream.event.Rejected;
import org.cellstream.nn.Network;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;
import org.cellstream.state.OpenSequence;
import org.cellstream.state.OpenWindow;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a key's events into windows, one after the other, or overlapping where every step of the
 * forecaster starts from zeros. An event that the forecaster passes over is in none.
 *
 * <p>A sequence that ends, or a gap that the key's state does not survive in the forecaster, ends
 * the window: steps that it lacks weigh nothing, and the next window starts from zeros. After its
 * time to live a key is as one never seen, its window included: by then a sweep may have given that
 * back.
 */
final class WindowCutter {

    private final Intake intake;
    private final TrainingConfig config;
    private final ModeConfig mode;
    private final boolean whole;
    private final int steps;
    private final Labels labels;
    private final SlidingWindows sliding;
    private final float[] row;

    /** What the label of the event before is measured by. */
    private final Labels.At before = new Labels.At();

    /** Windows that the event at hand has filled or ended. */
    private final List<Ended> left = new ArrayList<>();

    WindowCutter(Intake intake, TrainingConfig config, Network network) {
        this.intake = intake;
        this.config = config;
        this.mode = config.sequence().mode();
        this.whole = network.readsWholeWindows();
        this.steps = config.windowSteps(whole);
        this.labels = new Labels(intake, config, network.outputs());
        this.sliding = new SlidingWindows(intake, labels, steps, config.stride());
        this.row = new float[network.inputs()];
    }

    /** What an event led to: a rejection, or the windows that it filled or ended. */
    record Cut(@Nullable Rejected rejected, List<Ended> windows) {

        static final Cut NOTHING = new Cut(null, List.of());
    }

    /**
     * A window that has left its key's memory.
     *
     * @param anew whether it starts from zeros
     */
    record Ended(OpenWindow window, boolean anew) {}

    /**
     * Whether an event teaches nothing because the forecaster feeds its own forecast back for it:
     * what the key's target was, nobody knows.
     */
    boolean leavesOut(Event<?> event) {
        return config.missingTarget() == MissingTarget.FEEDBACK && intake.missesTarget(event);
    }

    /**
     * Leaves an event out: the step over it, from the event before to the one after, is not learned
     * either. But it is an event of its key: time goes on to it, and it may end the window.
     *
     * @return the windows that it filled or ended; null if it has changed nothing
     */
    @Nullable Cut leaveOut(Event<?> event, KeyMemory memory) {
        if (lacksForecast(event, memory)) {
            return null; // the forecaster rejects it
        }
        OpenWindow window = fitting(memory);
        boolean anew = window != null && window.rows() == memory.stepsSinceReset();
        long missed = missed(event, memory);
        boolean ended = endSequence(event, memory, missed);
        left.clear();
        if (window != null && ended) {
            if (!mode.isWindow() && teaches(window)) {
                left.add(new Ended(window, anew));
            }
            window = null;
        }
        if (window != null) {
            window = carry(memory, window, anew, missed);
            window.skipLabel();
        }
        boolean ends = mode.isSequence() && event.marks().ends();
        memory.keepWindow(ends ? null : window);
        if (ends) {
            memory.keepSequence(null);
        }
        memory.passed(event.time());
        return left.isEmpty() ? Cut.NOTHING : new Cut(null, List.copyOf(left));
    }

    /** Whether the forecaster has no forecast that it could feed back for an event. */
    private boolean lacksForecast(Event<?> event, KeyMemory memory) {
        return memory.step() == 0
                || config.sequence().expires(memory.lastTime(), event.time())
                || (mode.isSequence() && event.marks().starts())
                || isOutside(event, memory);
    }

    /**
     * Takes an event into its key's memory and window; a window that is full or ended leaves the
     * memory. A memory whose event was rejected must not be written: it may have changed.
     */
    Cut take(Event<?> event, KeyMemory memory) {
        forgetIfExpired(event, memory);
        OpenWindow window = fitting(memory);
        if (isOutside(event, memory)) {
            return refused("is in no sequence; need one that starts first", event);
        }
        boolean anew = window != null && window.rows() == memory.stepsSinceReset();
        long missed = missed(event, memory);
        boolean ended = endSequence(event, memory, missed);
        if (mode.isSequence() && whole && !ended && window != null && window.isFull()) {
            return refused("is one more than the %d of a sequence".formatted(steps), event);
        }
        if (mode.isWindow()) {
            return sliding.take(
                    event,
                    memory,
                    window == null || ended ? new OpenWindow(steps, row.length) : window,
                    row);
        }
        labels.note(memory, before);
        Rejected rejected = intake.take(event, memory, row, 0);
        if (rejected != null) {
            return new Cut(rejected, List.of());
        }
        left.clear();
        if (window == null || ended || !before.known()) {
            if (window != null && ended && teaches(window)) {
                left.add(new Ended(window, anew));
            }
            window = new OpenWindow(steps, row.length);
        } else {
            window = goOn(memory, window, anew, missed);
        }
        return add(event, memory, window);
    }

    /**
     * Labels the newest row, and makes room for the next after those of the steps that were missed
     * before it.
     */
    private OpenWindow goOn(KeyMemory memory, OpenWindow window, boolean anew, long missed) {
        if (!labels.areGiven()) {
            labels.labelNext(window, before, memory);
        }
        return withRoom(carry(memory, window, anew, missed), anew);
    }

    /**
     * Adds rows of the steps that were missed: as in the forecaster, each takes the last input once
     * more. There is nothing to learn from them.
     */
    private OpenWindow carry(KeyMemory memory, OpenWindow first, boolean anew, long missed) {
        if (missed == 0 || config.sequence().gaps().missing() != MissingSteps.CARRY) {
            return first;
        }
        OpenWindow window = first;
        float[] last = first.lastRow(row.length);
        for (long step = 0; step < missed; step++) {
            window = withRoom(window, anew);
            window.add(last, 1);
        }
        memory.countFrom(memory.stepsSinceReset() + missed);
        return window;
    }

    /** The window, or the one after it if it is full. */
    private OpenWindow withRoom(OpenWindow window, boolean anew) {
        if (!window.isFull()) {
            return window;
        }
        left.add(new Ended(window, anew && left.isEmpty()));
        return new OpenWindow(steps, row.length);
    }

    /** Adds the row of the event; a window that it ends leaves the memory too. */
    private Cut add(Event<?> event, KeyMemory memory, OpenWindow window) {
        window.add(row, Labels.weight(event));
        boolean ends = mode.isSequence() && event.marks().ends();
        if (labels.areGiven() && (ends || mode.output() == SequenceOutput.EVERY_STEP)) {
            labels.labelGiven(window, event.marks(), memory);
        }
        memory.keepSequence(mode.isSequence() && !ends ? OpenSequence.STEPPED : null);
        memory.keepWindow(ends ? null : window);
        if (ends && teaches(window)) {
            left.add(new Ended(window, window.rows() == memory.stepsSinceReset()));
        }
        return left.isEmpty() ? Cut.NOTHING : new Cut(null, List.copyOf(left));
    }

    /** Whether an event is in no sequence, where it would have to be in one. */
    private boolean isOutside(Event<?> event, KeyMemory memory) {
        return mode.isSequence() && !event.marks().starts() && memory.sequence() == null;
    }

    private static Cut refused(String reason, Event<?> event) {
        Rejected rejected =
                new Rejected(
                        event + " " + reason,
                        Rejected.Cause.SEQUENCE,
                        null,
                        null,
                        null,
                        event.partition(),
                        event.offset(),
                        null);
        return new Cut(rejected, List.of());
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
            memory.keepSequence(null);
        }
    }

    /** Ends a key's sequence where an event starts another one, or comes after too long a gap. */
    private boolean endSequence(Event<?> event, KeyMemory memory, long missed) {
        boolean starts = mode.isSequence() && event.marks().starts();
        if (memory.step() > 0 && (starts || config.sequence().gaps().resets(missed))) {
            memory.countFrom(0);
            return true;
        }
        return false;
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
}
