package org.cellstream.inference;

import org.cellstream.state.KeyMemory;

/** Advances the rows of a wave: from where each starts to where its event leads. */
interface RowSteps {

    /**
     * Notes where a row starts.
     *
     * @param x inputs of all rows, this one's among them
     * @param start as the rules decided
     * @param spare where a start that is not the memory's own lies
     */
    void from(int row, KeyMemory memory, float[] x, SequenceRules.Start start, int spare);

    /**
     * Advances all rows.
     *
     * @param x inputs {@code [rows, I]}
     * @param next states after the step {@code [rows, S]}, overwritten
     * @param y outputs {@code [rows, O]}, overwritten
     */
    void step(int rows, float[] x, float[] next, float[] y);
}
