package org.cellstream.nn;

import java.util.Arrays;

/** An embedding. Its outputs lie in its own scratch. */
final class EmbeddingPass implements LayerPass {

    private final Embedding layer;
    private final int weight;
    private final float[] table;

    private final int column;
    private final Rows x;
    private final Rows y;
    private final float[] outputs;

    EmbeddingPass(Network network, int index, Embedding layer, int maxRows) {
        int width = network.inputsOf(index);
        this.layer = layer;
        this.weight = network.parameters().offset(network.nameOf(index) + ".weight");
        this.table = new float[layer.categories() * layer.units()];
        this.column = layer.columnOf(width);
        this.x = new Rows(width);
        this.y = new Rows(layer.outputs(width));
        this.outputs = new float[maxRows * y.width];
    }

    @Override
    public void load(float[] weights) {
        System.arraycopy(weights, weight, table, 0, table.length);
    }

    @Override
    public Rows step(int rows, Rows in, Rows states, float[] nextState) {
        x.at(in, 0);
        y.at(outputs, 0, y.width);
        step(rows);
        return y;
    }

    @Override
    public void unroll(Activations kept, int index, float[] state, float[] nextState) {
        for (int t = 0; t < kept.steps(); t++) {
            LayerPass.inputAt(t, kept, index, x);
            y.at(kept.layer(index).outputs(), t * kept.rows() * y.width, y.width);
            step(kept.rows());
        }
    }

    private void step(int rows) {
        for (int r = 0; r < rows; r++) {
            int from = x.start(r);
            int to = y.start(r);
            int category = layer.category(x.values[from + column]);
            if (category < 0) {
                Arrays.fill(y.values, to, to + y.width, Float.NaN);
                continue;
            }
            int after = x.width - column - 1;
            System.arraycopy(x.values, from, y.values, to, column);
            System.arraycopy(x.values, from + column + 1, y.values, to + column, after);
            int units = to + x.width - 1;
            System.arraycopy(table, category * layer.units(), y.values, units, layer.units());
        }
    }
}
