package org.cellstream.nn;

/**
 * What a forward pass over a window keeps for the backward pass: for every layer, time-major rows
 * {@code [T, B, ...]}.
 *
 * <p>Arrays are overwritten by the next pass that is given this object. Not thread safe.
 */
public final class Activations {

    private final Network network;
    private final int steps;
    private final int rows;
    private final float[] inputs;
    private final OfLayer[] layers;

    /** Room for windows of {@code steps} time steps over {@code rows} rows. */
    public Activations(Network network, int steps, int rows) {
        this.network = network;
        this.steps = steps;
        this.rows = rows;
        this.inputs = new float[steps * rows * network.inputs()];
        this.layers = new OfLayer[network.layers().size()];
        for (int i = 0; i < layers.length; i++) {
            layers[i] = OfLayer.of(network.layers().get(i), steps, rows);
        }
    }

    public Network network() {
        return network;
    }

    /** T. */
    public int steps() {
        return steps;
    }

    /** B. */
    public int rows() {
        return rows;
    }

    /** The network's input rows, {@code [T, B, inputs]}. */
    public float[] inputs() {
        return inputs;
    }

    /** What layer {@code index} kept. */
    public OfLayer layer(int index) {
        return layers[index];
    }

    /**
     * One layer's share.
     *
     * @param outputs rows of the layer's output (h for an LSTM), {@code [T, B, O]}
     * @param gates an LSTM's gates after their functions, packed i, f, g, o: {@code [T, B, 4H]};
     *     empty otherwise
     * @param cells an LSTM's c, {@code [T, B, H]}; empty otherwise
     * @param cellTanh tanh of {@code cells}; empty otherwise
     * @param firstHidden h before the first step, {@code [B, H]}; empty otherwise
     * @param firstCell c before the first step, {@code [B, H]}; empty otherwise
     */
    public record OfLayer(
            float[] outputs,
            float[] gates,
            float[] cells,
            float[] cellTanh,
            float[] firstHidden,
            float[] firstCell) {

        private static OfLayer of(Layer layer, int steps, int rows) {
            int n = steps * rows;
            int hidden = layer instanceof Lstm lstm ? lstm.units() : 0;
            return new OfLayer(
                    new float[n * layer.outputs()],
                    new float[n * 4 * hidden],
                    new float[n * hidden],
                    new float[n * hidden],
                    new float[rows * hidden],
                    new float[rows * hidden]);
        }
    }
}
