package org.cellstream.jobs.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cellstream.nn.Activations;
import org.cellstream.nn.Kernels;
import org.cellstream.nn.Network;
import org.cellstream.nn.Stepper;
import org.cellstream.nn.Weights;

/** Runs a network over one window, from zeros. */
final class TestingWindow {

    private TestingWindow() {}

    /** The outputs of every time step. */
    static List<float[]> outputs(Weights weights, List<float[]> window) {
        Network network = weights.network();
        Stepper stepper = new Stepper(network, Kernels.scalar(), 1);
        stepper.load(weights);
        Activations kept = new Activations(network, window.size(), 1);
        for (int t = 0; t < window.size(); t++) {
            float[] x = window.get(t);
            System.arraycopy(x, 0, kept.inputs(), t * x.length, x.length);
        }
        float[] state = new float[network.stateSize()];
        stepper.unroll(1, state, kept, state);
        float[] all = kept.layer(network.layers().size() - 1).outputs();
        List<float[]> outputs = new ArrayList<>();
        for (int t = 0; t < window.size(); t++) {
            int from = t * network.outputs();
            outputs.add(Arrays.copyOfRange(all, from, from + network.outputs()));
        }
        return outputs;
    }
}
