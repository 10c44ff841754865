package org.cellstream.nn;

/**
 * What is kept of a dense layer.
 *
 * @param outputs rows of the layer's output, {@code [T, B, O]}
 * @param sums what went into the activation, {@code [T, B, O]}; empty if that is linear
 */
public record DenseActivations(float[] outputs, float[] sums) implements LayerActivations {

    static DenseActivations of(Dense layer, WindowShape shape) {
        int n = shape.n() * layer.units();
        return new DenseActivations(new float[n], new float[layer.activation().isLinear() ? 0 : n]);
    }
}
