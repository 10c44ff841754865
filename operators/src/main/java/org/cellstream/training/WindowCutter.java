package org.cellstream.training;

import org.cellstream.config.LearningConfig;
import org.cellstream.event.Event;
import org.cellstream.event.Rejected;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;
import org.cellstream.state.OpenWindow;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a key's events into windows. The label of an event is what the network was to predict at it:
 * the change of the target to the key's next event, in units of the key's scale at that event.
 */
final class WindowCutter {

    private final Intake intake;
    private final int steps;
    private final double clip;
    private final float[] row;

    /**
     * @param width inputs of the network
     * @param clip labels beyond plus or minus this are cut to it, as inputs are
     */
    WindowCutter(Intake intake, LearningConfig learning, int width, double clip) {
        this.intake = intake;
        this.steps = learning.window();
        this.clip = clip;
        this.row = new float[width];
    }

    /** What an event led to: at most one of the two. */
    record Cut(@Nullable Rejected rejected, @Nullable OpenWindow full) {}

    private static final Cut NOTHING = new Cut(null, null);

    /** Takes an event into its key's memory and window; a full window leaves the memory. */
    Cut take(Event<?> event, KeyMemory memory) {
        double lastTarget = intake.target(memory);
        double scale = intake.changeScale(memory);
        Rejected rejected = intake.take(event, memory, row, 0);
        if (rejected != null) {
            return new Cut(rejected, null);
        }
        OpenWindow window = memory.window();
        if (window == null || window.rows() == 0 || !window.holds(steps, row.length)) {
            window = new OpenWindow(steps, row.length);
            window.add(row);
            memory.keepWindow(window);
            return NOTHING;
        }
        double change = intake.target(memory) - lastTarget;
        boolean full = window.label(label(change, scale), scale > 0 ? 1 : 0);
        OpenWindow next = full ? new OpenWindow(steps, row.length) : window;
        next.add(row);
        memory.keepWindow(next);
        return full ? new Cut(null, window) : NOTHING;
    }

    private float label(double change, double scale) {
        return scale == 0 ? 0 : (float) Math.max(-clip, Math.min(clip, change / scale));
    }
}
