package org.cellstream.nn;

/**
 * What is kept of a layer that reads windows in both directions.
 *
 * @param outputs the directions' outputs, merged, {@code [T, B, O]}
 * @param forward what the layer that reads forwards kept
 * @param reverse what the layer that reads backwards kept, its first time step being the window's
 *     last
 */
public record BidirectionalActivations(float[] outputs, Activations forward, Activations reverse)
        implements LayerActivations {

    static BidirectionalActivations of(Bidirectional layer, int inputs, WindowShape shape) {
        Network alone = layer.alone(inputs);
        return new BidirectionalActivations(
                new float[shape.n() * layer.outputs(inputs)],
                new Activations(alone, shape.steps(), shape.rows()),
                new Activations(alone, shape.steps(), shape.rows()));
    }
}
