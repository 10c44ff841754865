package org.cellstream.benchmarks.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.cellstream.learn.Window;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;

/**
 * What is learned.
 *
 * @param hidden units H of the LSTM
 * @param batch windows B of a minibatch
 */
record TrainCell(int hidden, int batch) {

    static final int INPUTS = 8;

    /** Time steps T of a window. */
    static final int STEPS = 20;

    static final double LEARNING_RATE = 0.001;

    private static final long SEED = 1;

    TrainCell {
        if (hidden < 1 || batch < 1) {
            throw new IllegalArgumentException(
                    "--hidden is %d, --batch %d; need at least 1 of each".formatted(hidden, batch));
        }
    }

    /** The cell's part of a report's keys. */
    String name() {
        return "Hidden" + hidden + "Batch" + batch;
    }

    Network network() {
        return Network.of(INPUTS).lstm(hidden).dense(1);
    }

    /** The same first weights for all systems. */
    Weights weights() {
        return Weights.seeded(network(), SEED);
    }

    /** Time steps of all windows. */
    int samples() {
        return STEPS * batch;
    }

    /** The inputs of all windows {@code [T, B, INPUTS]}. */
    float[] inputs() {
        SplittableRandom random = new SplittableRandom(SEED);
        float[] inputs = new float[samples() * INPUTS];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) random.nextDouble(-1, 1);
        }
        return inputs;
    }

    /** The mean of each step's inputs, plus one {@code [T, B]}. */
    float[] labels() {
        float[] inputs = inputs();
        float[] labels = new float[samples()];
        for (int i = 0; i < labels.length; i++) {
            float sum = 0;
            for (int k = 0; k < INPUTS; k++) {
                sum += inputs[i * INPUTS + k];
            }
            labels[i] = 1 + sum / INPUTS;
        }
        return labels;
    }

    /** The same inputs and labels, window by window, each from a state of zeros. */
    List<Window> windows() {
        float[] inputs = inputs();
        float[] labels = labels();
        float[] weights = new float[STEPS];
        Arrays.fill(weights, 1);
        float[] start = new float[network().stateSize()];
        List<Window> windows = new ArrayList<>();
        for (int row = 0; row < batch; row++) {
            float[] x = new float[STEPS * INPUTS];
            float[] y = new float[STEPS];
            for (int t = 0; t < STEPS; t++) {
                int step = t * batch + row;
                System.arraycopy(inputs, step * INPUTS, x, t * INPUTS, INPUTS);
                y[t] = labels[step];
            }
            windows.add(new Window(x, y, weights, start, Window.NO_PREVIOUS));
        }
        return windows;
    }
}
