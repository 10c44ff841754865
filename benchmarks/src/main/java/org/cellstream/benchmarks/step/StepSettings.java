package org.cellstream.benchmarks.step;

import java.util.ArrayList;
import java.util.List;
import org.cellstream.benchmarks.measure.Alternation;
import org.cellstream.benchmarks.step.StepCell.Kind;

/**
 * How much is measured.
 *
 * @param cells what is stepped
 * @param alternation for every cell
 */
record StepSettings(List<StepCell> cells, Alternation alternation) {

    private static final List<Integer> HIDDEN = List.of(16, 32, 64, 128, 256, 512);
    private static final List<Integer> BATCHES = List.of(1, 8, 64, 400, 1024);
    private static final List<Integer> QUICK_HIDDEN = List.of(64, 256);
    private static final List<Integer> QUICK_BATCHES = List.of(1, 64);

    /**
     * All cells, or a few of them.
     *
     * @param hidden units that are asked for; empty for the usual ones
     * @param batches rows that are asked for; empty for the usual ones
     */
    static StepSettings of(boolean quick, List<Integer> hidden, List<Integer> batches) {
        List<Integer> units = hidden.isEmpty() ? quick ? QUICK_HIDDEN : HIDDEN : hidden;
        List<Integer> rows = batches.isEmpty() ? quick ? QUICK_BATCHES : BATCHES : batches;
        List<StepCell> cells = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (int h : units) {
                for (int b : rows) {
                    cells.add(new StepCell(kind, h, b));
                }
            }
        }
        Alternation alternation = quick ? new Alternation(60, 20, 3) : new Alternation(150, 60, 7);
        return new StepSettings(cells, alternation);
    }
}
