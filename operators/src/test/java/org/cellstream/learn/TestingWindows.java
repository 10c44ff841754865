package org.cellstream.learn;

import java.util.Arrays;
import java.util.Random;
import org.cellstream.nn.Network;

/** Windows of random inputs, each with one label to learn: the sum of this and the last input. */
final class TestingWindows {

    private final Network network;
    private final int steps;
    private final Random random;

    TestingWindows(Network network, int steps, long seed) {
        this.network = network;
        this.steps = steps;
        this.random = new Random(seed);
    }

    /** A window of its own, from a random state. */
    Window next() {
        float[] start = new float[network.stateSize()];
        for (int i = 0; i < start.length; i++) {
            start[i] = (float) random.nextGaussian() / 4;
        }
        return next(start, Window.NO_PREVIOUS);
    }

    /** A window that goes on where window {@code previous} of its minibatch ends. */
    Window after(int previous) {
        return next(new float[0], previous);
    }

    /** A window that breaks whatever it touches. */
    Window ofNothingButNaN() {
        float[] inputs = new float[steps * network.inputs()];
        float[] labels = new float[steps * network.outputs()];
        float[] weights = new float[steps];
        float[] start = new float[network.stateSize()];
        Arrays.fill(inputs, Float.NaN);
        Arrays.fill(labels, Float.NaN);
        Arrays.fill(weights, 1);
        Arrays.fill(start, Float.NaN);
        return new Window(inputs, labels, weights, start, Window.NO_PREVIOUS);
    }

    private Window next(float[] start, int previous) {
        float[] inputs = new float[steps * network.inputs()];
        float[] labels = new float[steps * network.outputs()];
        float[] weights = new float[steps];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) random.nextGaussian() / 2;
        }
        for (int t = 0; t < steps; t++) {
            float last = t == 0 ? 0 : inputs[(t - 1) * network.inputs()];
            float label = inputs[t * network.inputs()] + last;
            Arrays.fill(labels, t * network.outputs(), (t + 1) * network.outputs(), label);
            weights[t] = t == 0 ? 0 : 1;
        }
        return new Window(inputs, labels, weights, start, previous);
    }

    static Window withStart(Window window, float[] start) {
        return new Window(
                window.inputs(), window.labels(), window.weights(), start, Window.NO_PREVIOUS);
    }

    static Window withLabel(Window window, int index, float label) {
        float[] labels = window.labels().clone();
        labels[index] = label;
        return new Window(
                window.inputs(), labels, window.weights(), window.start(), window.previous());
    }

    static Window withWeights(Window window, float... weights) {
        return new Window(
                window.inputs(), window.labels(), weights, window.start(), window.previous());
    }
}
