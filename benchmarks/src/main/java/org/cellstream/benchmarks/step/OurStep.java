package org.cellstream.benchmarks.step;

import java.util.Arrays;
import org.cellstream.nn.Kernels;
import org.cellstream.nn.Network;
import org.cellstream.nn.Stepper;

/** Ours. */
final class OurStep implements StepSystem {

    private final Stepper stepper;
    private final StepCell cell;
    private final float[] inputs;
    private final float[] outputs;
    private float[] state;
    private float[] nextState;

    OurStep(StepCell cell, Network network, Kernels kernels) {
        this.cell = cell;
        this.stepper = new Stepper(network, kernels, cell.batch());
        stepper.load(StepCell.weights(network));
        this.inputs = cell.inputs();
        this.outputs = new float[cell.batch() * cell.hidden()];
        this.state = new float[cell.batch() * network.stateSize()];
        this.nextState = new float[state.length];
    }

    @Override
    public void call() {
        stepper.step(cell.batch(), inputs, state, nextState, outputs);
        float[] previous = state;
        state = nextState;
        nextState = previous;
    }

    @Override
    public float[] hidden() {
        return Arrays.copyOf(outputs, outputs.length);
    }
}
