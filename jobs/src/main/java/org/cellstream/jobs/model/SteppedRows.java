package org.cellstream.jobs.model;

import java.io.IOException;
import org.cellstream.model.KeyedRunner;
import org.cellstream.nn.Weights;

/** Steps a network, a row a time step, each key with its own state. */
final class SteppedRows implements PredictedRows {

    private final KeyedRunner runner;
    private final Sink sink;

    SteppedRows(Weights weights, Sink sink) {
        this.runner = new KeyedRunner(weights);
        this.sink = sink;
    }

    @Override
    public void take(InputRows.Row row) throws IOException {
        if (row.reset()) {
            runner.reset(row.key());
        }
        if (row.x().length == 0) {
            return;
        }
        float[] y = runner.step(row.key(), row.x());
        if (y == null) {
            sink.skip(
                    row.line(),
                    1,
                    "the inputs give outputs or a state that are not finite; need smaller ones");
        } else {
            sink.write(row.key(), y, 0);
        }
    }

    @Override
    public void end() {
        // Every row has been written when it came.
    }
}
