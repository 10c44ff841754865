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
    private final int width;
    private final JoinedRows inputs;
    private final Rows block;
    private final Rows h;
    private final Rows x;
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
        this.width = width;
        this.inputs = new JoinedRows(width + units, maxRows);
        this.block = new Rows(width + units);
        this.x = new Rows(width);
        this.h = new Rows(units);
        this.sums = new float[LayerPass.BLOCK * panels.width()];
        float[] weights = Weights.seeded(Network.of(width).lstm(units), SEED).values();
        panels.pack(weights, GATES * units * (width + units), 1, 0);
        panels.pack(weights, 0, width, 1);
        panels.pack(weights, GATES * units * width, units, 1 + width);
    }

    /**
     * Takes the rows of the next {@link #run}s.
     *
     * @param x inputs {@code [rows, width]}
     * @param state h of each row, which starts it, {@code [rows, state.length / rows]}
     */
    public void put(int rows, float[] x, float[] state) {
        this.x.at(x, 0, width);
        h.at(state, 0, state.length / rows);
        inputs.put(rows, 0, this.x);
        inputs.put(rows, width, h);
    }

    /**
     * Computes the sums of all panels, a block of rows at a time, as a step does.
     *
     * @return the last panel's
     */
    public float[] run(int rows) {
        for (int row = 0; row < rows; row += LayerPass.BLOCK) {
            block.at(inputs.all, 0, row);
            int some = Math.min(LayerPass.BLOCK, rows - row);
            for (int panel = 0; panel < panels.count(); panel++) {
                kernels.sums(panels, panel, some, block, sums);
            }
        }
        return sums;
    }
}
