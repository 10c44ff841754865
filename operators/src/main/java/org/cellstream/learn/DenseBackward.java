package org.cellstream.learn;

import java.util.List;
import org.cellstream.nn.LayerActivations;
import org.cellstream.nn.Parameter;
import org.jspecify.annotations.Nullable;

/** Backward pass of a dense layer. */
final class DenseBackward implements LayerBackward {

    private final Matrix outputs;
    private final Matrix outputGradient;
    private final AffineBackward affine;

    /**
     * @param own the layer's parameters: weight, bias
     * @param n T * B
     */
    DenseBackward(ParameterMatrices parameters, List<Parameter> own, int n) {
        int units = own.get(0).rows();
        this.outputs = Matrix.allocate(parameters.precision(), n, units);
        this.outputGradient = Matrix.allocate(parameters.precision(), n, units);
        this.affine = new AffineBackward(parameters, own.get(0), own.get(1), n);
    }

    @Override
    public void keep(LayerActivations kept) {
        outputs.put(0, kept.outputs());
    }

    @Override
    public Matrix outputs() {
        return outputs;
    }

    @Override
    public Matrix outputGradient() {
        return outputGradient;
    }

    @Override
    public void backward(Matrix inputs, @Nullable Matrix inputGradient) {
        affine.backward(inputs, outputGradient, inputGradient);
    }

    @Override
    public void close() {
        affine.close();
        outputs.close();
        outputGradient.close();
    }
}
