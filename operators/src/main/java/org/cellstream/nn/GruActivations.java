package org.cellstream.nn;

/**
 * What is kept of a GRU.
 *
 * @param outputs h, {@code [T, B, H]}
 * @param gates gates after their functions, packed r, z, n: {@code [T, B, 3H]}
 * @param recalled what the candidate takes from the h before, {@code [T, B, H]}: its sums over h,
 *     if the reset gate acts after them, else r * h
 * @param firstHidden h before the first step, {@code [B, H]}
 */
public record GruActivations(float[] outputs, float[] gates, float[] recalled, float[] firstHidden)
        implements LayerActivations {

    static GruActivations of(Gru layer, WindowShape shape) {
        int units = layer.units();
        return new GruActivations(
                new float[shape.n() * units],
                new float[shape.n() * Gru.GATES * units],
                new float[shape.n() * units],
                new float[shape.rows() * units]);
    }
}
