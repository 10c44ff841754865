package org.cellstream.nn;

/**
 * A layer normalisation. Sums of a row run in double, from its first column to its last. Its
 * outputs lie in its own scratch.
 *
 * @see <a href="https://arxiv.org/abs/1607.06450">Ba et al. 2016</a>, equations 3 and 4, with the
 *     variance under the root and eps added to it, as in PyTorch
 */
final class LayerNormPass implements LayerPass {

    private final double eps;
    private final int at;
    private final float[] weight;
    private final float[] bias;

    private final Rows x;
    private final Rows y;
    private final Rows normalised;
    private final float[] outputs;
    private final float[] scratch;

    LayerNormPass(Network network, int index, LayerNorm layer, int maxRows) {
        int width = network.inputsOf(index);
        this.eps = layer.eps();
        this.at = network.parameters().offset(network.nameOf(index) + ".weight");
        this.weight = new float[width];
        this.bias = new float[width];
        this.x = new Rows(width);
        this.y = new Rows(width);
        this.normalised = new Rows(width);
        this.outputs = new float[maxRows * width];
        this.scratch = new float[maxRows * width];
    }

    @Override
    public void load(float[] weights) {
        System.arraycopy(weights, at, weight, 0, x.width);
        System.arraycopy(weights, at + x.width, bias, 0, x.width);
    }

    @Override
    public Rows step(int rows, Rows in, Rows states, float[] nextState) {
        x.at(in, 0);
        y.at(outputs, 0, y.width);
        normalised.at(scratch, 0, y.width);
        for (int r = 0; r < rows; r++) {
            step(r);
        }
        return y;
    }

    @Override
    public void unroll(Activations kept, int index, float[] state, float[] nextState) {
        LayerNormActivations layer = (LayerNormActivations) kept.layer(index);
        int rows = kept.rows();
        for (int t = 0; t < kept.steps(); t++) {
            LayerPass.inputAt(t, kept, index, x);
            y.at(layer.outputs(), t * rows * y.width, y.width);
            normalised.at(layer.normalised(), t * rows * y.width, y.width);
            for (int r = 0; r < rows; r++) {
                layer.scales()[t * rows + r] = (float) step(r);
            }
        }
    }

    /** One row; gives what it was multiplied by. */
    private double step(int r) {
        float[] values = x.values;
        int from = x.start(r);
        double sum = 0;
        for (int k = 0; k < x.width; k++) {
            sum += values[from + k];
        }
        double mean = sum / x.width;
        double squares = 0;
        for (int k = 0; k < x.width; k++) {
            double difference = values[from + k] - mean;
            squares += difference * difference;
        }
        double scale = 1 / Math.sqrt(squares / x.width + eps);
        int to = y.start(r);
        int middle = normalised.start(r);
        for (int k = 0; k < x.width; k++) {
            float value = (float) ((values[from + k] - mean) * scale);
            normalised.values[middle + k] = value;
            y.values[to + k] = Math.fma(value, weight[k], bias[k]);
        }
        return scale;
    }
}
