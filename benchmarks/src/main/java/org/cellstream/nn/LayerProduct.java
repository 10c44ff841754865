package org.cellstream.nn;

/**
 * The product of a recurrent layer's step alone: the sums of all gates, without what is made of
 * them, over rows as the layer steps them. In this package since the kernels' sums are nobody's
 * business outside it; a class of a benchmark, since no user needs it.
 */
public final class LayerProduct {

    private static final float[] LSTM_GATES = {0.5f, 0.5f, 1, 0.5f};
    private static final float[] GRU_GATES = {0.5f, 0.5f, 1};
    private static final int SUMS_OF_A_UNIT = 4;

    private final int units;
    private final int rows;
    private final Rows inputs;
    private final float[] values;
    private final float[] sums;
    private final PanelSums panelSums;
    private final int panels;
    private boolean turned;

    /** The sums of one panel. */
    @FunctionalInterface
    private interface PanelSums {
        void of(int panel, int rows);
    }

    /**
     * A product of some numbers.
     *
     * @param layer an LSTM or a GRU
     * @param width of an input row
     * @param rows of a step
     */
    public LayerProduct(Kernels kernels, Layer layer, int width, int rows) {
        this.units = layer.outputs(width);
        this.rows = rows;
        this.inputs = new Rows(width + units);
        this.values = numbers(rows * inputs.width);
        int lanes = kernels.lanes(units);
        this.sums = new float[LayerPass.BLOCK * SUMS_OF_A_UNIT * lanes];
        if (layer instanceof Gru) {
            Panels overInputs = packed(lanes, width, GRU_GATES);
            Panels overHidden = packed(lanes, units, GRU_GATES);
            this.panels = overInputs.count();
            this.panelSums =
                    (panel, some) ->
                            kernels.gruSums(overInputs, overHidden, panel, some, inputs, sums);
        } else {
            Panels weights = packed(lanes, width + units, LSTM_GATES);
            this.panels = weights.count();
            this.panelSums = (panel, some) -> kernels.sums(weights, panel, some, inputs, sums);
        }
    }

    private Panels packed(int lanes, int depth, float[] gates) {
        Panels weights = new Panels(units, lanes, depth, gates);
        weights.pack(numbers(gates.length * units), 0, 1, 0);
        weights.pack(numbers(gates.length * units * depth), 0, depth, 1);
        return weights;
    }

    private static float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) Math.sin(i);
        }
        return numbers;
    }

    /**
     * Computes the sums of all rows and panels.
     *
     * @return the last ones
     */
    public float[] run() {
        for (int row = 0; row < rows; row += LayerPass.BLOCK) {
            inputs.at(values, row * inputs.width, inputs.width);
            int some = Math.min(LayerPass.BLOCK, rows - row);
            for (int i = 0; i < panels; i++) {
                panelSums.of(turned ? panels - 1 - i : i, some);
            }
            turned = !turned;
        }
        return sums;
    }
}
