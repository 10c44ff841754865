package org.cellstream.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cellstream.event.Event;
import org.cellstream.event.WeightUpdate;
import org.cellstream.nn.Kernels;
import org.cellstream.nn.Network;
import org.cellstream.nn.Precision;
import org.cellstream.nn.Stepper;
import org.cellstream.nn.Weights;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;

/** One key, stepped by hand: what a test expects of an option is written out with it. */
final class OneKeyByHand {

    private final Network network;
    private final Intake intake;
    private final Stepper stepper;
    private final KeyMemory memory;
    private final List<float[]> inputs = new ArrayList<>();
    private final float[] y = new float[1];
    private Precision precision = Precision.FLOAT32;
    private float[] state;

    OneKeyByHand(ForecasterSetup setup) {
        network = setup.shape().network();
        intake = new Intake(setup.shape(), ForecasterSetup.STANDARDISATION);
        memory = intake.newMemory();
        stepper = new Stepper(network, Kernels.scalar(), 1);
        state = new float[network.stateSize()];
        use(setup.weights(0));
    }

    void use(WeightUpdate weights) {
        stepper.load(new Weights(network, weights.values()));
    }

    void round(Precision to) {
        precision = to;
    }

    /** Takes an event in and steps it: the forecast. */
    double event(long time, double value) {
        float[] x = new float[network.inputs()];
        if (intake.take(Event.of("key", time, value), memory, x, 0) != null) {
            throw new AssertionError(value + " was rejected");
        }
        inputs.add(x);
        step(x);
        return intake.target(memory) + intake.changeScale(memory) * y[0];
    }

    /** Steps an input alone. */
    void step(float[] x) {
        float[] next = new float[state.length];
        stepper.step(1, x, state, next, y);
        precision.round(next, 0, next.length);
        state = next;
    }

    /** The last inputs, the oldest first. */
    List<float[]> lastInputs(int count) {
        int from = Math.max(0, inputs.size() - count);
        return List.copyOf(inputs.subList(from, inputs.size()));
    }

    float[] state() {
        return state;
    }

    void zeros() {
        Arrays.fill(state, 0);
    }

    /** Zeros for one layer, counted from the bottom. */
    void zeros(int layer) {
        Arrays.fill(state, network.stateOffset(layer), network.stateOffset(layer + 1), 0);
    }
}
