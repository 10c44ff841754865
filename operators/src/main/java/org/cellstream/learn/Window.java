package org.cellstream.learn;

import java.util.Arrays;

/**
 * T time steps of one key, from which the weights learn.
 *
 * @param inputs the network's input rows {@code [T, I]}; copied
 * @param labels what the outputs should have been {@code [T, L]}, as many as the loss takes; not
 *     read where the weight is 0; copied
 * @param weights how much each step counts {@code [T]}, finite and at least 0; 0 masks it; copied
 * @param start the key's state before the first step {@code [S]}, not read if {@code previous} is
 *     given; copied
 * @param previous index in the same minibatch of the window that ends where this one starts: this
 *     one then starts from its last state under the weights being learnt; -1 if there is none
 * @param length steps that the window has, 1 to T; the rest of it is room, weighs nothing and
 *     changes nothing but the state that a window ends in
 */
public record Window(
        float[] inputs, float[] labels, float[] weights, float[] start, int previous, int length) {

    /** A window without predecessor in its minibatch. */
    public static final int NO_PREVIOUS = -1;

    /** A window whose T steps are all there. */
    public Window(float[] inputs, float[] labels, float[] weights, float[] start, int previous) {
        this(inputs, labels, weights, start, previous, weights.length);
    }

    public Window {
        inputs = inputs.clone();
        labels = labels.clone();
        weights = weights.clone();
        start = start.clone();
        if (previous < NO_PREVIOUS) {
            throw new IllegalArgumentException(
                    "previous is " + previous + "; need an index, or -1 for none");
        }
        if (length < 1 || length > weights.length) {
            throw new IllegalArgumentException(
                    "length is %d; need 1 to %d steps".formatted(length, weights.length));
        }
        for (int t = 0; t < weights.length; t++) {
            if (!(weights[t] >= 0) || Float.isInfinite(weights[t])) {
                throw new IllegalArgumentException(
                        "weight of step %d is %s; need a finite number of at least 0"
                                .formatted(t, weights[t]));
            }
            if (t >= length && weights[t] > 0) {
                throw new IllegalArgumentException(
                        "weight of step %d is %s; the window has %d steps, so need 0"
                                .formatted(t, weights[t], length));
            }
        }
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Window w
                && Arrays.equals(inputs, w.inputs)
                && Arrays.equals(labels, w.labels)
                && Arrays.equals(weights, w.weights)
                && Arrays.equals(start, w.start)
                && previous == w.previous
                && length == w.length;
    }

    @Override
    public int hashCode() {
        int hash = 31 * Arrays.hashCode(inputs) + Arrays.hashCode(labels);
        hash = 31 * hash + Arrays.hashCode(weights);
        return 31 * (31 * (31 * hash + Arrays.hashCode(start)) + previous) + length;
    }

    @Override
    public String toString() {
        return "Window[%d steps, %d inputs, %d labels, previous %d]"
                .formatted(length, inputs.length, labels.length, previous);
    }
}
