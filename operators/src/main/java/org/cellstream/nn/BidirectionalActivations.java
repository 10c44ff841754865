package org.cellstream.nn;

/**
 * What is kept of a layer that reads windows in both directions.
 *
 * @param outputs the directions' outputs, merged, {@code [T, B, O]}
 * @param forward what the layer that reads forwards kept
 * @param reverse what the layer that reads backwards kept, its first time step being the window's
 *     last
 * @param lengths time steps of each row, {@code [B]}
 */
@SuppressWarnings("ArrayRecordComponent") // buffers, never compared
public record BidirectionalActivations(
        float[] outputs, Activations forward, Activations reverse, int[] lengths)
        implements LayerActivations {

    static BidirectionalActivations of(Bidirectional layer, int inputs, WindowShape shape) {
        Network alone = layer.alone(inputs);
        return new BidirectionalActivations(
                new float[shape.n() * layer.outputs(inputs)],
                new Activations(alone, shape.steps(), shape.rows()),
                new Activations(alone, shape.steps(), shape.rows()),
                new int[shape.rows()]);
    }

    /**
     * Where a row of the time-major rows stands where time runs the other way. A row beyond its
     * window's length stands where it is.
     *
     * @param n index of a row among those of all time steps
     * @param lengths time steps of each row, {@code [B]}
     */
    public static int mirrored(int n, int[] lengths) {
        int rows = lengths.length;
        int length = lengths[n % rows];
        int t = n / rows;
        return t < length ? (length - 1 - t) * rows + n % rows : n;
    }
}
