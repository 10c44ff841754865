package org.cellstream.learn;

import org.cellstream.config.LearningConfig;
import org.cellstream.loss.Loss;
import org.cellstream.nn.Activations;
import org.cellstream.nn.DropoutMasks;
import org.cellstream.nn.Kernels;
import org.cellstream.nn.Network;
import org.cellstream.nn.ReferenceNetwork;
import org.cellstream.nn.Stepper;
import org.cellstream.nn.Weights;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The inside of a learner step by step, in either precision: DOUBLE after the forward pass of the
 * reference, FLOAT after that of the stepper.
 */
final class TestingLearning implements AutoCloseable {

    private final Network network;
    private final int steps;
    private final int rows;
    private final DataType precision;
    private final ParameterMatrices parameters;
    private final Optimiser optimiser;
    private final Backpropagation backpropagation;
    private final Loss loss;
    private double[] ends = {};
    private @Nullable DropoutMasks masks;

    TestingLearning(Network network, int rows, DataType precision, LearningConfig config) {
        this.network = network;
        this.steps = config.window();
        this.rows = rows;
        this.precision = precision;
        this.parameters = new ParameterMatrices(network, precision);
        this.optimiser = new Optimiser(parameters, config.optimiser());
        this.loss = Loss.of(config.loss());
        this.backpropagation = new Backpropagation(network, steps, rows, parameters);
    }

    void load(double[] weights) {
        set(parameters.weights(), 0, weights);
    }

    /** Lets the next forward passes drop what these masks say. */
    void drop(DropoutMasks masks) {
        this.masks = masks;
    }

    void forward(double[] inputs, double[] starts) {
        if (precision == DataType.DOUBLE) {
            forwardInDouble(inputs, starts);
        } else {
            forwardInFloat(floats(inputs), floats(starts));
        }
    }

    private void forwardInDouble(double[] inputs, double[] starts) {
        ReferenceNetwork.Pass pass =
                new ReferenceNetwork(network, weights(), masks)
                        .forward(steps, rows, inputs, starts);
        ends = pass.ends();
        set(backpropagation.inputs(), 0, inputs);
        for (int i = 0; i < pass.layers().size(); i++) {
            keep(pass.layers().get(i), backpropagation.layer(i));
        }
    }

    private static void keep(ReferenceNetwork.OfLayer kept, LayerBackward layer) {
        if (layer instanceof LstmBackward lstm) {
            set(lstm.gates, 0, kept.of("gates"));
            set(lstm.cellTanh, 0, kept.of("cellTanh"));
            set(lstm.firstCell, 0, kept.of("firstCell"));
            set(lstm.cells, 0, kept.of("cells"));
            set(lstm.firstHidden, 0, kept.of("firstHidden"));
            keep(kept, lstm.masks());
        } else if (layer instanceof GruAfterBackward gru) {
            keep(kept, gru.window());
        } else if (layer instanceof GruBeforeBackward gru) {
            keep(kept, gru.window());
        } else if (layer instanceof BidirectionalBackward both) {
            keep(kept.within("forward"), both.forward());
            keep(kept.within("reverse"), both.reverse());
        } else if (layer instanceof DenseBackward dense) {
            set(dense.sums, 0, kept.of("sums"));
        } else if (layer instanceof LayerNormBackward norm) {
            set(norm.normalised, 0, kept.of("normalised"));
            set(norm.scales, 0, kept.of("scales"));
        } else if (layer instanceof DropoutBackward dropout) {
            set(dropout.mask, 0, kept.of("mask"));
        }
        set(layer.outputs(), 0, kept.outputs());
    }

    private static void keep(ReferenceNetwork.OfLayer kept, GruWindow gru) {
        set(gru.gates, 0, kept.of("gates"));
        set(gru.recalled, 0, kept.of("recalled"));
        set(gru.hidden, 0, kept.of("firstHidden"));
        keep(kept, gru.masks);
    }

    private static void keep(ReferenceNetwork.OfLayer kept, RecurrentMasks masks) {
        Matrix inputMask = masks.inputMask();
        if (inputMask != null) {
            set(inputMask, 0, kept.of("inputMask"));
        }
        Matrix hiddenMask = masks.hiddenMask();
        if (hiddenMask != null) {
            set(hiddenMask, 0, kept.of("hiddenMask"));
        }
    }

    private void forwardInFloat(float[] inputs, float[] starts) {
        Stepper stepper = new Stepper(network, Kernels.best(), rows);
        stepper.load(new Weights(network, floats(weights())));
        Activations kept = new Activations(network, steps, rows);
        System.arraycopy(inputs, 0, kept.inputs(), 0, inputs.length);
        if (masks != null) {
            kept.drop(masks);
        }
        float[] after = new float[starts.length];
        stepper.unroll(rows, starts, kept, after);
        ends = ReferenceNetwork.doubles(after);
        backpropagation.keep(kept);
    }

    /** States after the last step of the last forward pass. */
    double[] ends() {
        return ends;
    }

    double[] outputs() {
        int top = network.layers().size() - 1;
        return get(backpropagation.layer(top).outputs());
    }

    /** Mean loss of the last forward pass, and its gradient. */
    double backward(Targets targets) {
        double normaliser = 0;
        for (float weight : targets.weights()) {
            normaliser += weight * loss.labels(network.outputs());
        }
        parameters.gradient().fill(0);
        double sum = backpropagation.loss(loss, targets, normaliser);
        backpropagation.backward();
        return sum / normaliser;
    }

    double[] gradient() {
        return get(parameters.gradient());
    }

    double gradientNorm() {
        return optimiser.gradientNorm();
    }

    /** One optimiser step. */
    void step() {
        optimiser.step(optimiser.gradientNorm());
    }

    double[] weights() {
        return get(parameters.weights());
    }

    static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static void set(Matrix matrix, int offset, double[] values) {
        for (int i = 0; i < values.length; i++) {
            matrix.set(offset + i, values[i]);
        }
    }

    private static double[] get(Matrix matrix) {
        double[] values = new double[matrix.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = matrix.get(i);
        }
        return values;
    }

    @Override
    public void close() {
        backpropagation.close();
        optimiser.close();
        parameters.close();
    }
}
