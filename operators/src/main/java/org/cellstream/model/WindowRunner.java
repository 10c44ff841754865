package org.cellstream.model;

import org.cellstream.nn.Activations;
import org.cellstream.nn.Kernels;
import org.cellstream.nn.Network;
import org.cellstream.nn.Stepper;
import org.cellstream.nn.Weights;
import org.jspecify.annotations.Nullable;

/**
 * Runs a network over whole sequences, each from zeros, as networks that also read backwards need
 * it. One thread.
 */
public final class WindowRunner {

    private final Network network;
    private final Stepper stepper;

    public WindowRunner(Weights weights) {
        network = weights.network();
        stepper = new Stepper(network, Kernels.best(), 1);
        stepper.load(weights);
    }

    /**
     * Bytes of heap that a sequence takes at most while it is run: every layer keeps its outputs,
     * gates and states of all time steps.
     */
    public static long bytes(Network network, int steps) {
        long floats = network.inputs();
        for (int i = 0; i < network.layers().size(); i++) {
            // An LSTM keeps 7 numbers a unit, and of its state of 2 there are 5 counted here.
            long state = 5L * network.layers().get(i).stateSize();
            floats += state + 2L * network.inputsOf(i) + 2L * network.outputsOf(i);
        }
        return steps * floats * Float.BYTES;
    }

    /**
     * The outputs of every time step.
     *
     * @param x inputs {@code [steps, network.inputs()]}, read
     * @return outputs {@code [steps, network.outputs()]}, the caller's own; null if one of them is
     *     not finite
     */
    public float @Nullable [] run(int steps, float[] x) {
        if (x.length != steps * network.inputs()) {
            throw new IllegalArgumentException(
                    "x has %d floats; need [%d, %d]".formatted(x.length, steps, network.inputs()));
        }
        Activations kept = new Activations(network, steps, 1);
        System.arraycopy(x, 0, kept.inputs(), 0, x.length);
        float[] state = new float[network.stateSize()];
        stepper.unroll(1, state, kept, state);
        int top = network.layers().size() - 1;
        float[] y = top < 0 ? x : kept.layer(top).outputs();
        return KeyedRunner.isFinite(y) ? y.clone() : null;
    }
}
