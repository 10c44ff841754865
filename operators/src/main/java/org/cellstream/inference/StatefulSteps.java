package org.cellstream.inference;

import org.cellstream.nn.Stepper;
import org.cellstream.state.KeyMemory;
import org.cellstream.state.ResidentMemories;

/** One step from where a key's event before ended, read where it lies. */
final class StatefulSteps implements RowSteps {

    private final Stepper stepper;
    private final ResidentMemories<?> residents;
    private final int[] at;

    StatefulSteps(Stepper stepper, ResidentMemories<?> residents, int maxRows) {
        this.stepper = stepper;
        this.residents = residents;
        this.at = new int[maxRows];
    }

    @Override
    public void from(int row, KeyMemory memory, float[] x, SequenceRules.Start start, int spare) {
        at[row] = start == SequenceRules.Start.GOES_ON ? memory.at() : spare;
    }

    @Override
    public void step(int rows, float[] x, float[] next, float[] y) {
        stepper.step(rows, x, residents.states(), at, next, y);
    }
}
