package org.cellstream.benchmarks.step;

import java.util.ArrayList;
import java.util.List;
import org.cellstream.benchmarks.measure.Alternation;
import org.cellstream.benchmarks.step.StepCell.Kind;

/**
 * How much is measured.
 *
 * @param cells what is stepped
 * @param first before the first cell of a kind, while the compiler has seen nothing of it yet
 * @param others for every cell
 */
record StepSettings(List<StepCell> cells, Alternation first, Alternation others) {

    private static final List<Integer> HIDDEN = List.of(16, 32, 64, 128, 256, 512);
    private static final List<Integer> BATCHES = List.of(1, 8, 64, 400, 1024);
    private static final List<Integer> QUICK_HIDDEN = List.of(16, 64, 256);
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
        // Long at first: until the compiler has seen them, operations on vectors are objects and
        // take a thousand times longer.
        return quick
                ? new StepSettings(cells, new Alternation(500, 5, 1), new Alternation(60, 20, 3))
                : new StepSettings(cells, new Alternation(3000, 5, 1), new Alternation(150, 60, 7));
    }
}
