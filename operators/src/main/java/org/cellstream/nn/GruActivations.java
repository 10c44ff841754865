package org.cellstream.nn;

/**
 * What is kept of a GRU.
 *
 * @param outputs h, {@code [T, B, H]}
 * @param gates gates after their functions, packed r, z, n: {@code [T, B, 3H]}
 * @param recalled what the candidate takes from the h before, {@code [T, B, H]}: its sums over h,
 *     if the reset gate acts after them, else r * h; of h after its mask
 * @param firstHidden h before the first step, {@code [B, H]}
 * @param inputMask what the inputs of each window are multiplied by, {@code [B, I]}; 1 unless
 *     drawn, and empty if the layer drops none
 * @param hiddenMask the same of h before each step, where the sums take it in, {@code [B, H]}
 */
public record GruActivations(
        float[] outputs,
        float[] gates,
        float[] recalled,
        float[] firstHidden,
        float[] inputMask,
        float[] hiddenMask)
        implements LayerActivations {

    static GruActivations of(Gru layer, int inputs, WindowShape shape) {
        int units = layer.units();
        return new GruActivations(
                new float[shape.n() * units],
                new float[shape.n() * Gru.GATES * units],
                new float[shape.n() * units],
                new float[shape.rows() * units],
                layer.dropout().inputMask(inputs, shape),
                layer.dropout().hiddenMask(units, shape));
    }
}
