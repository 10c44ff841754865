package org.cellstream.nn;

import java.util.Arrays;

/**
 * What is kept of a dropout.
 *
 * @param outputs rows of the layer's output, {@code [T, B, I]}
 * @param mask what the inputs of each window are multiplied by, {@code [B, I]}; 1 unless drawn
 */
public record DropoutActivations(float[] outputs, float[] mask) implements LayerActivations {

    static DropoutActivations of(int inputs, WindowShape shape) {
        float[] mask = new float[shape.rows() * inputs];
        Arrays.fill(mask, 1);
        return new DropoutActivations(new float[shape.n() * inputs], mask);
    }
}
