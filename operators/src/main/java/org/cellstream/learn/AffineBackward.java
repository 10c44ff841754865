package org.cellstream.learn;

import org.cellstream.nn.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Backward pass of {@code z = x W' + b}, all of a dense layer and what an LSTM does with its
 * inputs: one product each over all N rows of a window.
 */
final class AffineBackward {

    private final Factor weight;
    private final Matrix weightGradient;
    private final Matrix biasGradient;

    AffineBackward(ParameterMatrices parameters, Parameter weight, Parameter bias) {
        this.weight = parameters.weight(weight).factor();
        this.weightGradient = parameters.gradient(weight);
        this.biasGradient = parameters.gradient(bias);
    }

    /**
     * Adds to the gradients of weight and bias.
     *
     * @param x {@code [N, I]}, read
     * @param dz gradient with respect to z {@code [N, O]}, read
     * @param dx gradient with respect to x {@code [N, I]}, overwritten; null if nobody needs it
     */
    void backward(Matrix x, Matrix dz, @Nullable Matrix dx) {
        weightGradient.addTransposedProduct(dz, x);
        biasGradient.addRows(dz);
        if (dx != null) {
            weight.load();
            weight.setProduct(dx, dz);
        }
    }
}
