package org.cellstream.nn;

/**
 * What is kept of an LSTM.
 *
 * @param outputs h, {@code [T, B, H]}; {@code [T, B, P]} if projected
 * @param gates gates after their functions, packed i, f, g, o: {@code [T, B, 4H]}
 * @param cells c, {@code [T, B, H]}
 * @param cellTanh tanh of {@code cells}, or what else its activation is
 * @param firstHidden h before the first step, {@code [B, H]} or {@code [B, P]}
 * @param firstCell c before the first step, {@code [B, H]}
 */
public record LstmActivations(
        float[] outputs,
        float[] gates,
        float[] cells,
        float[] cellTanh,
        float[] firstHidden,
        float[] firstCell)
        implements LayerActivations {

    static LstmActivations of(Lstm layer, WindowShape shape) {
        int units = layer.units();
        return new LstmActivations(
                new float[shape.n() * layer.hidden()],
                new float[shape.n() * 4 * units],
                new float[shape.n() * units],
                new float[shape.n() * units],
                new float[shape.rows() * layer.hidden()],
                new float[shape.rows() * units]);
    }
}
