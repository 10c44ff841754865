package org.cellstream.inference;

import org.cellstream.nn.Stepper;
import org.cellstream.nn.WindowStepper;
import org.cellstream.state.KeptInputs;
import org.cellstream.state.KeyMemory;

/**
 * As many steps from zeros as a window has: over the key's last inputs, as far as it has them, and
 * the one at hand.
 */
final class WindowSteps implements RowSteps {

    private final WindowStepper stepper;
    private final int steps;
    private final int width;
    private final float[] windows;
    private final int[] lengths;

    /**
     * @param steps of a window
     */
    WindowSteps(Stepper stepper, int maxRows, int steps) {
        this.stepper = new WindowStepper(stepper);
        this.steps = steps;
        this.width = stepper.network().inputs();
        this.windows = new float[maxRows * steps * width];
        this.lengths = new int[maxRows];
    }

    @Override
    public void from(int row, KeyMemory memory, float[] x, SequenceRules.Start start, int spare) {
        KeptInputs inputs = start.startsAnew() ? null : memory.inputs();
        int kept = inputs == null ? 0 : copyLast(inputs, row);
        System.arraycopy(x, row * width, windows, (row * steps + kept) * width, width);
        lengths[row] = kept + 1;
    }

    /** Copies as many of the last inputs as a window has room for; returns how many. */
    private int copyLast(KeptInputs inputs, int row) {
        int count = inputs.areOf(width) ? inputs.count() : 0;
        int kept = Math.min(count, steps - 1);
        for (int i = 0; i < kept; i++) {
            inputs.copyRow(count - kept + i, windows, (row * steps + i) * width);
        }
        return kept;
    }

    @Override
    public void step(int rows, float[] x, float[] next, float[] y) {
        stepper.run(rows, windows, lengths, steps, new WindowStepper.Ends(next, y));
    }
}
