package org.cellstream.learn;

import java.util.List;
import org.cellstream.nn.Activation;
import org.cellstream.nn.DenseActivations;
import org.cellstream.nn.LayerActivations;
import org.cellstream.nn.Parameter;
import org.jspecify.annotations.Nullable;

/** Backward pass of a dense layer. */
final class DenseBackward implements LayerBackward {

    private final Activation activation;
    private final LayerOutputs outputs;
    private final AffineBackward affine;
    private final int n;

    // What went into the activation; no rows if that is linear. Tests fill it in double.
    final Matrix sums;

    // One row of each.
    private final double[] sumsOfRow;
    private final double[] outputsOfRow;
    private final double[] gradientOfRow;

    /**
     * For windows of one shape.
     *
     * @param own the layer's parameters: weight, bias
     * @param n T * B
     */
    DenseBackward(ParameterMatrices parameters, List<Parameter> own, Activation activation, int n) {
        int units = own.get(0).rows();
        this.activation = activation;
        this.outputs = new LayerOutputs(parameters.precision(), n, units);
        this.affine = new AffineBackward(parameters, own.get(0), own.get(1));
        this.n = n;
        int kept = activation.isLinear() ? 1 : n;
        this.sums = Matrix.allocate(parameters.precision(), kept, units);
        this.sumsOfRow = new double[units];
        this.outputsOfRow = new double[units];
        this.gradientOfRow = new double[units];
    }

    @Override
    public void keep(LayerActivations layer) {
        outputs.keep(layer);
        sums.put(0, ((DenseActivations) layer).sums());
    }

    @Override
    public Matrix outputs() {
        return outputs.values;
    }

    @Override
    public Matrix outputGradient() {
        return outputs.gradient;
    }

    @Override
    public void backward(Matrix inputs, @Nullable Matrix inputGradient) {
        if (!activation.isLinear()) {
            for (int row = 0; row < n; row++) {
                activationBackward(row * outputs.width);
            }
        }
        affine.backward(inputs, outputs.gradient, inputGradient);
    }

    /** Turns the gradient of the row at {@code at} into that with respect to its sums. */
    private void activationBackward(int at) {
        for (int u = 0; u < outputs.width; u++) {
            sumsOfRow[u] = sums.get(at + u);
            outputsOfRow[u] = outputs.values.get(at + u);
            gradientOfRow[u] = outputs.gradient.get(at + u);
        }
        activation.backward(sumsOfRow, outputsOfRow, gradientOfRow);
        for (int u = 0; u < outputs.width; u++) {
            outputs.gradient.set(at + u, gradientOfRow[u]);
        }
    }

    @Override
    public void close() {
        outputs.close();
        sums.close();
    }
}
