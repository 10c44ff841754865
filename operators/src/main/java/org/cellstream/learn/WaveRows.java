package org.cellstream.learn;

import java.util.Arrays;
import java.util.List;
import org.cellstream.loss.Loss;
import org.cellstream.nn.Activations;
import org.cellstream.nn.Network;
import org.cellstream.nn.Stepper;

/**
 * Room for waves of up to so many windows: their rows, labels and states as a forward pass takes
 * them.
 */
final class WaveRows {

    private final int steps;
    private final int rows;
    private final int stateSize;
    private final Activations kept;
    private final Targets targets;
    private final float[] states;

    /** For waves of up to {@code rows} windows of {@code steps} time steps. */
    WaveRows(Network network, Loss loss, int steps, int rows) {
        this.steps = steps;
        this.rows = rows;
        this.stateSize = network.stateSize();
        this.kept = new Activations(network, steps, rows);
        int n = steps * rows;
        this.targets = new Targets(new float[n * loss.labels(network.outputs())], new float[n]);
        this.states = new float[rows * stateSize];
    }

    /** What the last forward pass kept. */
    Activations kept() {
        return kept;
    }

    /** Labels and weights of the windows of the last forward pass. */
    Targets targets() {
        return targets;
    }

    /** Rows, B. */
    int rows() {
        return rows;
    }

    /**
     * Runs a wave forward.
     *
     * @param wave indices of its windows
     * @param ends states after each window of the minibatch; those of earlier waves are read, those
     *     of this wave are written
     * @param stepper with the weights loaded
     */
    void forward(Minibatch minibatch, List<Integer> wave, float[][] ends, Stepper stepper) {
        gather(minibatch.windows(), wave, ends);
        stepper.unroll(rows, states, kept, states);
        for (int row = 0; row < wave.size(); row++) {
            ends[wave.get(row)] =
                    Arrays.copyOfRange(states, row * stateSize, (row + 1) * stateSize);
        }
    }

    private void gather(List<Window> windows, List<Integer> wave, float[][] ends) {
        if (wave.size() < rows) {
            Arrays.fill(kept.inputs(), 0);
            Arrays.fill(targets.weights(), 0);
            Arrays.fill(states, 0);
        }
        for (int row = 0; row < wave.size(); row++) {
            Window window = windows.get(wave.get(row));
            kept.lengths()[row] = window.length();
            System.arraycopy(start(window, ends), 0, states, row * stateSize, stateSize);
            spread(window.inputs(), row, kept.inputs());
            spread(window.labels(), row, targets.labels());
            spread(window.weights(), row, targets.weights());
        }
    }

    /** The state that a window starts from, where those before it ended. */
    static float[] start(Window window, float[][] ends) {
        return window.previous() == Window.NO_PREVIOUS ? window.start() : ends[window.previous()];
    }

    /** Puts the steps of one window where time-major rows have them. */
    private void spread(float[] window, int row, float[] all) {
        int width = window.length / steps;
        for (int t = 0; t < steps; t++) {
            System.arraycopy(window, t * width, all, (t * rows + row) * width, width);
        }
    }
}
