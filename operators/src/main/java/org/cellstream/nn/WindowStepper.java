package org.cellstream.nn;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Runs a network over windows of inputs, each from a state of zeros. Every row has the same bits as
 * if its window were run alone, step by step where the network can be stepped.
 *
 * <p>Belongs to one thread.
 */
public final class WindowStepper {

    private final Network network;
    private final Stepper stepper;
    private final int stateSize;
    private final float[] x;
    private final float[] y;
    private final int[] at;
    private float[] states;
    private float[] nextStates;
    private @Nullable Activations room;

    /**
     * @param stepper with the weights; its {@code maxRows} are this one's too
     */
    public WindowStepper(Stepper stepper) {
        this.stepper = stepper;
        this.network = stepper.network();
        this.stateSize = network.stateSize();
        int maxRows = stepper.maxRows();
        this.x = new float[maxRows * network.inputs()];
        this.y = new float[maxRows * network.outputs()];
        this.at = new int[maxRows];
        this.states = new float[maxRows * stateSize];
        this.nextStates = new float[maxRows * stateSize];
        Arrays.setAll(at, row -> row * stateSize);
    }

    /**
     * What windows end in.
     *
     * @param state after the last step of each, {@code [rows, network.stateSize()]}, overwritten
     * @param y outputs at the last step of each, {@code [rows, network.outputs()]}, overwritten
     */
    @SuppressWarnings("ArrayRecordComponent") // buffers, never compared
    public record Ends(float[] state, float[] y) {}

    /**
     * Runs the windows of so many rows.
     *
     * @param windows inputs {@code [rows, steps, network.inputs()]}, the oldest step of each first,
     *     read
     * @param lengths steps of each row, 1 to {@code steps}
     * @param steps for which {@code windows} has room in each row
     */
    public void run(int rows, float[] windows, int[] lengths, int steps, Ends ends) {
        if (network.readsWholeWindows()) {
            runWhole(rows, windows, lengths, steps, ends);
        } else {
            runStepwise(rows, windows, lengths, steps, ends);
        }
    }

    /**
     * Runs one window of a network that may read it from both ends.
     *
     * @param inputs {@code [steps, network.inputs()]}, read
     * @param state after the last step {@code [network.stateSize()]}, overwritten
     * @return outputs at every step {@code [steps, network.outputs()]}, valid until the next call
     */
    public float[] runOne(int steps, float[] inputs, float[] state) {
        Activations kept = room(steps, 1);
        System.arraycopy(inputs, 0, kept.inputs(), 0, steps * network.inputs());
        Arrays.fill(state, 0, stateSize, 0);
        stepper.unroll(1, state, kept, state);
        return kept.outputs();
    }

    /** Steps all rows that have a step left, until none has. */
    private void runStepwise(int rows, float[] windows, int[] lengths, int steps, Ends ends) {
        Integer[] order = longestFirst(rows, lengths);
        int width = network.inputs();
        Arrays.fill(states, 0, rows * stateSize, 0);
        int running = rows;
        for (int t = 0; running > 0; t++) {
            for (int i = 0; i < running; i++) {
                System.arraycopy(windows, (order[i] * steps + t) * width, x, i * width, width);
            }
            stepper.step(running, x, states, at, nextStates, y);
            while (running > 0 && lengths[order[running - 1]] == t + 1) {
                running--;
                put(running, nextStates, y, order[running], ends);
            }
            float[] swapped = states;
            states = nextStates;
            nextStates = swapped;
        }
    }

    private static Integer[] longestFirst(int rows, int[] lengths) {
        Integer[] order = new Integer[rows];
        Arrays.setAll(order, row -> row);
        Arrays.sort(order, (a, b) -> Integer.compare(lengths[b], lengths[a]));
        return order;
    }

    private void put(int from, float[] state, float[] outputs, int row, Ends ends) {
        int width = network.outputs();
        System.arraycopy(state, from * stateSize, ends.state(), row * stateSize, stateSize);
        System.arraycopy(outputs, from * width, ends.y(), row * width, width);
    }

    /** Unrolls rows of the same length together. */
    private void runWhole(int rows, float[] windows, int[] lengths, int steps, Ends ends) {
        Integer[] order = longestFirst(rows, lengths);
        for (int from = 0; from < rows; ) {
            int length = lengths[order[from]];
            int to = from;
            while (to < rows && lengths[order[to]] == length) {
                to++;
            }
            unroll(Arrays.copyOfRange(order, from, to), windows, length, steps, ends);
            from = to;
        }
    }

    private void unroll(Integer[] some, float[] windows, int length, int steps, Ends ends) {
        int rows = some.length;
        int width = network.inputs();
        Activations kept = room(length, rows);
        for (int t = 0; t < length; t++) {
            for (int i = 0; i < rows; i++) {
                int from = (some[i] * steps + t) * width;
                System.arraycopy(windows, from, kept.inputs(), (t * rows + i) * width, width);
            }
        }
        Arrays.fill(states, 0, rows * stateSize, 0);
        stepper.unroll(rows, states, kept, nextStates);
        int outputs = network.outputs();
        System.arraycopy(kept.outputs(), (length - 1) * rows * outputs, y, 0, rows * outputs);
        for (int i = 0; i < rows; i++) {
            put(i, nextStates, y, some[i], ends);
        }
    }

    /** The room of the last call, if it is of this shape: most calls are like the one before. */
    private Activations room(int steps, int rows) {
        Activations last = room;
        if (last == null || last.steps() != steps || last.rows() != rows) {
            last = new Activations(network, steps, rows);
            room = last;
        }
        return last;
    }
}
