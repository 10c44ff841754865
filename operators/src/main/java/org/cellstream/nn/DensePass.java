package org.cellstream.nn;

/** A dense layer. Its outputs lie in its own scratch. */
final class DensePass implements LayerPass {

    private final Kernels kernels;
    private final Panels panels;
    private final int weight;
    private final Activation activation;

    private final Rows x;
    private final Rows y;
    private final Rows keptSums;
    private final float[] outputs;

    private final Rows sums;
    private final Rows columns;

    DensePass(Network network, int index, Dense layer, Kernels kernels, int maxRows) {
        int width = network.inputsOf(index);
        int units = layer.units();
        int lanes = kernels.lanes(units);
        this.kernels = kernels;
        this.panels = new Panels(units, lanes, width, 1);
        this.weight = network.parameters().offset(network.nameOf(index) + ".weight");
        this.activation = layer.activation();
        this.x = new Rows(width);
        this.y = new Rows(units);
        this.keptSums = new Rows(units);
        this.outputs = new float[maxRows * units];
        this.sums = new Rows(lanes);
        this.columns = new Rows(lanes);
        sums.at(new float[maxRows * lanes], 0, lanes);
    }

    @Override
    public void load(float[] weights) {
        panels.pack(weights, weight + panels.units * x.width, 1, 0);
        panels.pack(weights, weight, x.width, 1);
    }

    @Override
    public Rows step(int rows, Rows in, Rows states, float[] nextState) {
        x.at(in, 0);
        y.at(outputs, 0, panels.units);
        sums(rows);
        activation.apply(rows, y);
        return y;
    }

    @Override
    public void unroll(Activations kept, int index, float[] state, float[] nextState) {
        DenseActivations layer = (DenseActivations) kept.layer(index);
        int rows = kept.rows();
        for (int t = 0; t < kept.steps(); t++) {
            LayerPass.inputAt(t, kept, index, x);
            y.at(layer.outputs(), t * rows * panels.units, panels.units);
            sums(rows);
            if (!activation.isLinear()) {
                keptSums.at(layer.sums(), t * rows * panels.units, panels.units);
                Rows.copy(rows, panels.units, y, keptSums);
                activation.apply(rows, y);
            }
        }
    }

    private void sums(int rows) {
        for (int panel = 0; panel < panels.count(); panel++) {
            kernels.sums(panels, panel, rows, x, sums.values);
            columns.at(y, panel * panels.lanes);
            Rows.copy(rows, panels.used(panel), sums, columns);
        }
    }
}
