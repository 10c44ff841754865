package org.cellstream.learn;

import java.util.Arrays;
import java.util.List;
import org.cellstream.loss.Loss;
import org.cellstream.nn.DropoutMasks;
import org.cellstream.nn.Network;
import org.cellstream.nn.Stepper;

/** Runs waves of up to so many windows forward and backward. */
final class WaveRunner implements AutoCloseable {

    private final Loss loss;
    private final WaveRows rows;
    private final Backpropagation backpropagation;

    /** For waves of up to {@code rows} windows of {@code steps} time steps. */
    WaveRunner(Network network, Loss loss, int steps, int rows, ParameterMatrices parameters) {
        this.loss = loss;
        this.rows = new WaveRows(network, loss, steps, rows);
        this.backpropagation = new Backpropagation(network, steps, rows, parameters);
    }

    /**
     * Lets the next run drop what the seed says.
     *
     * @param step optimiser steps taken before
     * @param wave indices of its windows
     */
    void drop(long seed, long step, List<Integer> wave) {
        int[] windows = new int[rows.rows()];
        Arrays.setAll(windows, r -> r < wave.size() ? wave.get(r) : DropoutMasks.NO_WINDOW);
        rows.kept().drop(new DropoutMasks(seed, step, windows));
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
        rows.forward(minibatch, wave, ends, stepper);
        backpropagation.keep(rows.kept());
        double sum = backpropagation.loss(loss, rows.targets(), minibatch.normaliser());
        backpropagation.backward();
        return sum;
    }

    @Override
    public void close() {
        backpropagation.close();
    }
}
