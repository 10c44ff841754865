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
 * @param inputMask what the inputs of each window are multiplied by, {@code [B, I]}; 1 unless
 *     drawn, and empty if the layer drops none
 * @param hiddenMask the same of h before each step, {@code [B, H]} or {@code [B, P]}
 */
public record LstmActivations(
        float[] outputs,
        float[] gates,
        float[] cells,
        float[] cellTanh,
        float[] firstHidden,
        float[] firstCell,
        float[] inputMask,
        float[] hiddenMask)
        implements LayerActivations {

    static LstmActivations of(Lstm layer, int inputs, WindowShape shape) {
        int units = layer.units();
        return new LstmActivations(
                new float[shape.n() * layer.hidden()],
                new float[shape.n() * 4 * units],
                new float[shape.n() * units],
                new float[shape.n() * units],
                new float[shape.rows() * layer.hidden()],
                new float[shape.rows() * units],
                layer.dropout().inputMask(inputs, shape),
                layer.dropout().hiddenMask(layer.hidden(), shape));
    }
}
