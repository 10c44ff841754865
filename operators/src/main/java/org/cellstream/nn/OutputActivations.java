package org.cellstream.nn;

/**
 * What is kept of a layer whose backward pass needs its output rows alone.
 *
 * @param outputs rows of the layer's output, {@code [T, B, O]}
 */
public record OutputActivations(float[] outputs) implements LayerActivations {

    static OutputActivations of(int outputs, WindowShape shape) {
        return new OutputActivations(new float[shape.n() * outputs]);
    }
}
