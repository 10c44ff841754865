package org.cellstream.nn;

/** A dense layer. Its outputs lie in its own scratch. */
final class DensePass implements LayerPass {

    private final Kernels kernels;
    private final Panels panels;
    private final int weight;

    private final Rows x;
    private final Rows y;
    private final Rows[] inputs;
    private final float[] outputs;

    private final Rows sums;
    private final Rows columns;

    DensePass(Network network, int index, Kernels kernels, int maxRows) {
        int width = network.inputsOf(index);
        int units = network.outputsOf(index);
        int lanes = kernels.lanes(units);
        this.kernels = kernels;
        this.panels = new Panels(units, lanes, width, 1);
        this.weight = network.parameters().offset(network.nameOf(index) + ".weight");
        this.x = new Rows(width);
        this.y = new Rows(units);
        this.inputs = new Rows[] {x};
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
        step(rows);
        return y;
    }

    @Override
    public void unroll(Activations kept, int index, float[] state, float[] nextState) {
        for (int t = 0; t < kept.steps(); t++) {
            LayerPass.inputAt(t, kept, index, x);
            y.at(kept.layer(index).outputs(), t * kept.rows() * panels.units, panels.units);
            step(kept.rows());
        }
    }

    private void step(int rows) {
        for (int panel = 0; panel < panels.count(); panel++) {
            kernels.sums(panels, panel, rows, inputs, sums.values);
            columns.at(y, panel * panels.lanes);
            Rows.copy(rows, panels.used(panel), sums, columns);
        }
    }
}
