package org.cellstream.nn;

/**
 * What is kept of a layer normalisation.
 *
 * @param outputs rows of the layer's output, {@code [T, B, I]}
 * @param normalised rows of mean 0 and variance 1, {@code [T, B, I]}
 * @param scales what each row was multiplied by to have variance 1, {@code [T, B]}
 */
public record LayerNormActivations(float[] outputs, float[] normalised, float[] scales)
        implements LayerActivations {

    static LayerNormActivations of(int inputs, WindowShape shape) {
        int n = shape.n();
        return new LayerNormActivations(new float[n * inputs], new float[n * inputs], new float[n]);
    }
}
