package org.cellstream.training;

import org.cellstream.config.TrainingConfig;
import org.cellstream.event.Event;
import org.cellstream.event.Rejected;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;
import org.cellstream.state.OpenWindow;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a key's events into windows. The label of an event is what the network was to predict at it:
 * the change of the target to the key's next event, in units of the key's scale at that event.
 *
 * <p>A gap that the key's state does not survive in the forecaster ends the window: steps that it
 * lacks weigh nothing, and the next window starts from zeros.
 */
final class WindowCutter {

    private final Intake intake;
    private final TrainingConfig config;
    private final int steps;
    private final float[] row;

    /**
     * @param width inputs of the network
     */
    WindowCutter(Intake intake, TrainingConfig config, int width) {
        this.intake = intake;
        this.config = config;
        this.steps = config.learning().window();
        this.row = new float[width];
    }

    /**
     * What an event led to: at most one of a rejection and a window.
     *
     * @param anew whether the window starts from zeros
     */
    record Cut(@Nullable Rejected rejected, @Nullable OpenWindow window, boolean anew) {}

    private static final Cut NOTHING = new Cut(null, null, false);

    /**
     * Takes an event into its key's memory and window; a window that is full or ended leaves the
     * memory. A memory whose event was rejected must not be written: it may have changed.
     */
    Cut take(Event<?> event, KeyMemory memory) {
        OpenWindow window = fitting(memory);
        boolean anew = window != null && window.rows() == memory.stepsSinceReset();
        boolean ended = endSequence(event, memory);
        boolean goesOn = !ended && window != null && intake.hasTarget(memory);
        double lastTarget = goesOn ? intake.target(memory) : 0;
        double scale = goesOn ? intake.changeScale(memory) : 0;
        Rejected rejected = intake.take(event, memory, row, 0);
        if (rejected != null) {
            return new Cut(rejected, null, false);
        }
        if (window == null || !goesOn) {
            open(memory);
            return window != null && ended && teaches(window)
                    ? new Cut(null, window, anew)
                    : NOTHING;
        }
        double change = intake.target(memory) - lastTarget;
        if (window.label(label(change, scale), scale > 0 ? 1 : 0)) {
            open(memory);
            return new Cut(null, window, anew);
        }
        window.add(row);
        return NOTHING;
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

    /** Ends a key's sequence where an event comes after a gap that it does not survive. */
    private boolean endSequence(Event<?> event, KeyMemory memory) {
        if (memory.step() == 0) {
            return false;
        }
        if (config.sequence().expires(memory.lastTime(), event.time())) {
            intake.forget(memory);
            return true;
        }
        var gaps = config.sequence().gaps();
        if (gaps.resets(gaps.missed(memory.lastTime(), event.time()))) {
            memory.countFrom(0);
            return true;
        }
        return false;
    }

    private void open(KeyMemory memory) {
        OpenWindow window = new OpenWindow(steps, row.length);
        window.add(row);
        memory.keepWindow(window);
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

    private float label(double change, double scale) {
        double clip = config.standardisation().clip();
        return scale == 0 ? 0 : (float) Math.max(-clip, Math.min(clip, change / scale));
    }
}
