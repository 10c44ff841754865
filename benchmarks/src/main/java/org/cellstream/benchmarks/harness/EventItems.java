package org.cellstream.benchmarks.harness;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.cellstream.event.Event;

/** Events whose numbers are made beforehand. Only the event itself is new each time. */
final class EventItems implements Items<Event<Long>> {

    private static final long serialVersionUID = 1L;

    /** Offset of events that only fill the state: peers then keep it without a step. */
    static final long FILL = 0;

    private static final long NO_OFFSET = -1;
    private static final int ROWS = 4096;

    @Override
    public Next<Event<Long>> begin(Stage stage, int subtask, int subtasks) {
        LongSupplier keys = KeyDraw.of(stage, subtask, subtasks);
        double[][] rows = rows();
        int[] row = {0};
        long offset = stage.draw() == Draw.EACH ? FILL : NO_OFFSET;
        return time -> {
            row[0] = (row[0] + 1) % ROWS;
            return new Event<>(keys.getAsLong(), time, rows[row[0]], -1, offset);
        };
    }

    private static double[][] rows() {
        SplittableRandom random = new SplittableRandom(1);
        double[][] rows = new double[ROWS][JobSpec.INPUTS];
        for (double[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextDouble();
            }
        }
        return rows;
    }
}
