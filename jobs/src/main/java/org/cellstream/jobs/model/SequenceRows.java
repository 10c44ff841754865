package org.cellstream.jobs.model;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.cellstream.jobs.replay.WrongInputException;
import org.cellstream.model.WindowRunner;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;
import org.jspecify.annotations.Nullable;

/**
 * Runs a network that also reads backwards. A sequence is the rows of a key from one that resets it
 * to the next, or to the end of the file; so nothing is known before all rows have been read.
 */
final class SequenceRows implements PredictedRows {

    private final Network network;
    private final WindowRunner runner;
    private final Sink sink;
    private final Map<String, Sequence> open = new HashMap<>();

    /** That of each row, in the order of the rows. */
    private final Queue<Sequence> order = new ArrayDeque<>();

    private static final class Sequence {

        private final String key;
        private final long line;
        private List<float[]> rows = new ArrayList<>();
        private float @Nullable [] outputs;
        private int written;

        /**
         * @param line where it starts
         */
        Sequence(String key, long line) {
            this.key = key;
            this.line = line;
        }
    }

    SequenceRows(Weights weights, Sink sink) {
        this.network = weights.network();
        this.runner = new WindowRunner(weights);
        this.sink = sink;
    }

    @Override
    public void take(InputRows.Row row) {
        if (row.reset()) {
            open.remove(row.key());
        }
        if (row.x().length == 0) {
            return;
        }
        Sequence sequence = open.computeIfAbsent(row.key(), key -> new Sequence(key, row.line()));
        sequence.rows.add(row.x());
        order.add(sequence);
    }

    @Override
    public void end() throws IOException {
        while (!order.isEmpty()) {
            Sequence sequence = order.remove();
            if (sequence.written == 0) {
                run(sequence);
            }
            if (sequence.outputs != null) {
                sink.write(sequence.key, sequence.outputs, sequence.written * network.outputs());
            }
            sequence.written++;
        }
    }

    private void run(Sequence sequence) throws IOException {
        int steps = sequence.rows.size();
        long most = Math.min(Runtime.getRuntime().maxMemory() / 2, 4L * Integer.MAX_VALUE);
        long bytes = WindowRunner.bytes(network, steps);
        if (bytes > most) {
            throw new WrongInputException(
                    "line %d: the sequence of key \"%s\" that starts here has %d rows, for which this network takes %d MiB; this JVM has %d: shorter sequences by --reset, or more with -Xmx"
                            .formatted(
                                    sequence.line, sequence.key, steps, bytes >> 20, most >> 20));
        }
        float[] x = new float[steps * network.inputs()];
        for (int t = 0; t < steps; t++) {
            System.arraycopy(sequence.rows.get(t), 0, x, t * network.inputs(), network.inputs());
        }
        sequence.rows = List.of();
        sequence.outputs = runner.run(steps, x);
        if (sequence.outputs == null) {
            sink.skip(
                    sequence.line,
                    steps,
                    "the sequence of key \"%s\" that starts here gives outputs that are not finite"
                            .formatted(sequence.key));
        }
    }
}
