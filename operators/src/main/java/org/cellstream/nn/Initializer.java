package org.cellstream.nn;

import java.util.Arrays;

/**
 * First weights of a network, each a function of the seed, its parameter's name and its place
 * alone: the same on every JVM and machine, and unmoved by what other layers there are.
 *
 * <p>Matrices over inputs are Glorot uniform; an LSTM's recurrent ones orthogonal; both gate by
 * gate. Biases are 0, those of forget gates 1, so that a new LSTM remembers. Embeddings are normal
 * and a layer normalisation's weights 1, as in PyTorch.
 *
 * @see <a href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot and Bengio 2010</a>,
 *     equation 16; a gate counts as a layer of its own
 * @see <a href="https://arxiv.org/abs/1312.6120">Saxe et al. 2013</a>: orthogonal
 * @see <a href="https://proceedings.mlr.press/v37/jozefowicz15.html">Jozefowicz et al. 2015</a>:
 *     forget bias of 1
 */
final class Initializer {

    private static final int FORGET = 1;

    private final long seed;
    private final Network network;
    private final float[] values;

    private Initializer(Network network, long seed) {
        this.seed = seed;
        this.network = network;
        this.values = new float[network.parameters().size()];
    }

    static Weights weights(Network network, long seed) {
        return new Initializer(network, seed).weights();
    }

    private Weights weights() {
        float[] filled = values;
        for (int i = 0; i < network.layers().size(); i++) {
            filled = network.layers().get(i).accept(new OfLayer(i));
        }
        return new Weights(network, filled);
    }

    /** Fills in the weights of one layer, and gives those of all. */
    private final class OfLayer implements LayerVisitor<float[]> {

        private final String name;
        private final int inputs;

        OfLayer(int index) {
            this.name = network.nameOf(index);
            this.inputs = network.inputsOf(index);
        }

        @Override
        public float[] lstm(Lstm layer) {
            int units = layer.units();
            uniform(name + ".weight_ih_l0", inputs, units, 4);
            orthogonal(name + ".weight_hh_l0", units);
            int bias = network.parameters().offset(name + ".bias_ih_l0");
            Arrays.fill(values, bias + FORGET * units, bias + (FORGET + 1) * units, 1);
            return values;
        }

        @Override
        public float[] dense(Dense layer) {
            uniform(name + ".weight", inputs, layer.units(), 1);
            return values;
        }

        @Override
        public float[] embedding(Embedding layer) {
            Draws draws = new Draws(seed, name + ".weight");
            int weight = network.parameters().offset(name + ".weight");
            for (int i = 0; i < layer.categories() * layer.units(); i++) {
                values[weight + i] = (float) draws.normal(i);
            }
            return values;
        }

        @Override
        public float[] layerNorm(LayerNorm layer) {
            int weight = network.parameters().offset(name + ".weight");
            Arrays.fill(values, weight, weight + inputs, 1);
            return values;
        }

        @Override
        public float[] dropout(Dropout layer) {
            return values;
        }

        @Override
        public float[] skip(Skip layer) {
            return values;
        }
    }

    private void uniform(String parameter, int inputs, int units, int gates) {
        Draws draws = new Draws(seed, parameter);
        int offset = network.parameters().offset(parameter);
        double limit = Math.sqrt(6.0 / ((double) inputs + units));
        for (int i = 0; i < gates * units * inputs; i++) {
            values[offset + i] = (float) (limit * (2 * draws.uniform(i) - 1));
        }
    }

    private void orthogonal(String parameter, int units) {
        Draws draws = new Draws(seed, parameter);
        int offset = network.parameters().offset(parameter);
        double[][] rows = new double[units][units];
        for (int gate = 0; gate < 4; gate++) {
            for (int i = 0; i < units; i++) {
                int first = (gate * units + i) * units;
                for (int j = 0; j < units; j++) {
                    rows[i][j] = draws.normal(first + j);
                }
                orthonormalise(rows, i);
                for (int j = 0; j < units; j++) {
                    values[offset + first + j] = (float) rows[i][j];
                }
            }
        }
    }

    /**
     * Makes row {@code n} of length 1 and perpendicular to the rows before it. Twice is enough for
     * the last bits.
     */
    private static void orthonormalise(double[][] rows, int n) {
        double[] row = rows[n];
        for (int i = 0; i < 2 * n; i++) {
            double[] other = rows[i % n];
            double along = dot(row, other);
            for (int j = 0; j < row.length; j++) {
                row[j] -= along * other[j];
            }
        }
        double length = Math.sqrt(dot(row, row));
        for (int j = 0; j < row.length; j++) {
            row[j] /= length;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }
}
