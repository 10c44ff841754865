package org.cellstream.training;

import java.util.List;
import org.cellstream.event.Event;
import org.cellstream.event.Rejected;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;
import org.cellstream.state.OpenWindow;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a key's events into windows that overlap: each of its events, or every so many, is the last
 * of one, and only the last is learned from. Windows start from zeros.
 */
final class SlidingWindows {

    private final Intake intake;
    private final Labels labels;
    private final int steps;
    private final int stride;
    private final Labels.At before = new Labels.At();

    SlidingWindows(Intake intake, Labels labels, int steps, int stride) {
        this.intake = intake;
        this.labels = labels;
        this.steps = steps;
        this.stride = stride;
    }

    /**
     * Takes an event into its key's memory and window.
     *
     * @param window the key's, or an empty one
     * @param row room for a row of inputs
     */
    WindowCutter.Cut take(Event<?> event, KeyMemory memory, OpenWindow window, float[] row) {
        labels.note(memory, before);
        Rejected rejected = intake.take(event, memory, row, 0);
        if (rejected != null) {
            return new WindowCutter.Cut(rejected, List.of());
        }
        @Nullable OpenWindow cut = null;
        if (!labels.areGiven() && window.rows() > 0 && before.known()) {
            labels.labelNext(window, before, memory);
            cut = cut(window, memory.step() - 1);
        }
        if (window.isFull()) {
            window.slide();
        }
        window.add(row, Labels.weight(event));
        if (labels.areGiven()) {
            labels.labelGiven(window, event.marks(), memory);
            cut = cut(window, memory.step());
        }
        memory.keepWindow(window);
        return cut == null
                ? WindowCutter.Cut.NOTHING
                : new WindowCutter.Cut(null, List.of(new WindowCutter.Ended(cut, true)));
    }

    /** The window to learn from at a step of its key, if it is full and has something to learn. */
    private @Nullable OpenWindow cut(OpenWindow window, long step) {
        boolean teaches = window.rows() == steps && window.lastWeight() > 0 && step % stride == 0;
        return teaches ? window.lastAlone() : null;
    }
}
