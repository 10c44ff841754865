package org.cellstream.nn;

/**
 * The product of an LSTM's step alone: sums of all gates, without what is made of them. In this
 * package since the kernels' sums are nobody's business outside it; a class of a benchmark, since
 * no user needs it. A GRU's product has panels of the same shape.
 */
public final class LayerProduct {

    private static final int GATES = 4;
    private static final long SEED = 1;

    private final Kernels kernels;
    private final Panels panels;
    private final Rows[] inputs;
    private final float[] sums;

    /**
     * With first weights.
     *
     * @param width of an input row
     */
    public LayerProduct(Kernels kernels, int width, int units, int maxRows) {
        this.kernels = kernels;
        int lanes = kernels.lanes(units);
        this.panels = new Panels(units, lanes, width + units, 1, 1, 1, 1);
        this.inputs = new Rows[] {new Rows(width), new Rows(units)};
        this.sums = new float[maxRows * panels.width()];
        float[] weights = Weights.seeded(Network.of(width).lstm(units), SEED).values();
        panels.pack(weights, GATES * units * (width + units), 1, 0);
        panels.pack(weights, 0, width, 1);
        panels.pack(weights, GATES * units * width, units, 1 + width);
    }

    /**
     * Computes the sums of all panels.
     *
     * @param x inputs {@code [rows, width]}
     * @param state h of each row, which starts it, {@code [rows, state.length / rows]}
     * @return the last panel's
     */
    public float[] run(int rows, float[] x, float[] state) {
        inputs[0].at(x, 0, inputs[0].width);
        inputs[1].at(state, 0, state.length / rows);
        for (int panel = 0; panel < panels.count(); panel++) {
            kernels.sums(panels, panel, rows, inputs, sums);
        }
        return sums;
    }
}
