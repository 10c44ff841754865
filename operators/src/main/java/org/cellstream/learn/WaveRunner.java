package org.cellstream.learn;

import java.util.Arrays;
import java.util.List;
import org.cellstream.loss.Loss;
import org.cellstream.nn.Activations;
import org.cellstream.nn.DropoutMasks;
import org.cellstream.nn.Network;
import org.cellstream.nn.Stepper;

/** Runs waves of up to so many windows forward and backward. */
final class WaveRunner implements AutoCloseable {

    private final int steps;
    private final int rows;
    private final int stateSize;
    private final Loss loss;
    private final Activations kept;
    private final Targets targets;
    private final float[] states;
    private final Backpropagation backpropagation;

    /** For waves of up to {@code rows} windows of {@code steps} time steps. */
    WaveRunner(Network network, Loss loss, int steps, int rows, ParameterMatrices parameters) {
        this.loss = loss;
        this.steps = steps;
        this.rows = rows;
        this.stateSize = network.stateSize();
        this.kept = new Activations(network, steps, rows);
        int n = steps * rows;
        this.targets = new Targets(new float[n * loss.labels(network.outputs())], new float[n]);
        this.states = new float[rows * stateSize];
        this.backpropagation = new Backpropagation(network, steps, rows, parameters);
    }

    /**
     * Lets the next run drop what the seed says.
     *
     * @param step optimiser steps taken before
     * @param wave indices of its windows
     */
    void drop(long seed, long step, List<Integer> wave) {
        int[] windows = new int[rows];
        Arrays.setAll(windows, r -> r < wave.size() ? wave.get(r) : DropoutMasks.NO_WINDOW);
        kept.drop(new DropoutMasks(seed, step, windows));
    }

    /**
     * Adds the gradient of a wave to that of the parameters.
     *
     * @param wave indices of its windows
     * @param ends states after each window of the minibatch; those of earlier waves are read, those
     *     of this wave are written
     * @param stepper with the weights loaded
     * @return the sum of weighted losses of the wave
     */
    double run(Minibatch minibatch, List<Integer> wave, float[][] ends, Stepper stepper) {
        gather(minibatch.windows(), wave, ends);
        stepper.unroll(rows, states, kept, states);
        for (int row = 0; row < wave.size(); row++) {
            ends[wave.get(row)] =
                    Arrays.copyOfRange(states, row * stateSize, (row + 1) * stateSize);
        }
        backpropagation.keep(kept);
        double sum = backpropagation.loss(loss, targets, minibatch.normaliser());
        backpropagation.backward();
        return sum;
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
            boolean first = window.previous() == Window.NO_PREVIOUS;
            float[] start = first ? window.start() : ends[window.previous()];
            System.arraycopy(start, 0, states, row * stateSize, stateSize);
            spread(window.inputs(), row, kept.inputs());
            spread(window.labels(), row, targets.labels());
            spread(window.weights(), row, targets.weights());
        }
    }

    /** Puts the steps of one window where time-major rows have them. */
    private void spread(float[] window, int row, float[] all) {
        int width = window.length / steps;
        for (int t = 0; t < steps; t++) {
            System.arraycopy(window, t * width, all, (t * rows + row) * width, width);
        }
    }

    @Override
    public void close() {
        backpropagation.close();
    }
}
