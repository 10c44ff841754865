package org.cellstream.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * Every layer written down plainly in double precision, one row and one unit at a time, with {@link
 * Math#tanh} and {@link Math#exp}: what the kernels are compared with, and what gradients are
 * differenced from.
 */
public final class ReferenceNetwork {

    private final Network network;
    private final double[] weights;

    public ReferenceNetwork(Network network, double[] weights) {
        this.network = network;
        this.weights = weights.clone();
    }

    /** The same numbers as these weights. */
    public static ReferenceNetwork of(Weights weights) {
        return new ReferenceNetwork(weights.network(), doubles(weights.values()));
    }

    /**
     * What a forward pass over windows gives: one entry per layer, and the states after the last
     * step.
     */
    public record Pass(List<OfLayer> layers, double[] ends) {

        /** The network's output rows, {@code [T, B, outputs]}. */
        public double[] outputs() {
            return layers.get(layers.size() - 1).outputs();
        }
    }

    /**
     * One layer's activations, laid out like {@link Activations.OfLayer}: {@code [T, B, ...]},
     * gates packed i, f, g, o after their functions; empty arrays for what a layer does not have.
     */
    public record OfLayer(
            double[] outputs,
            double[] gates,
            double[] cells,
            double[] cellTanh,
            double[] firstHidden,
            double[] firstCell) {

        private static OfLayer of(int n, int rows, int outputs, int hidden) {
            return new OfLayer(
                    new double[n * outputs],
                    new double[n * 4 * hidden],
                    new double[n * hidden],
                    new double[n * hidden],
                    new double[rows * hidden],
                    new double[rows * hidden]);
        }
    }

    /**
     * Runs {@code steps} time steps over {@code rows} rows.
     *
     * @param inputs {@code [T, B, inputs]}
     * @param starts states before the first step, {@code [B, stateSize]}
     */
    public Pass forward(int steps, int rows, double[] inputs, double[] starts) {
        List<OfLayer> layers = new ArrayList<>();
        double[] ends = new double[rows * network.stateSize()];
        double[] in = inputs;
        for (int i = 0; i < network.layers().size(); i++) {
            OfLayer layer =
                    network.layers().get(i) instanceof Lstm
                            ? lstm(i, steps, rows, in, starts, ends)
                            : dense(i, steps * rows, in);
            layers.add(layer);
            in = layer.outputs();
        }
        return new Pass(layers, ends);
    }

    private OfLayer dense(int index, int n, double[] in) {
        int inputs = network.inputsOf(index);
        int units = network.layers().get(index).outputs();
        int weight = network.parameters().offset(network.nameOf(index) + ".weight");
        int bias = network.parameters().offset(network.nameOf(index) + ".bias");
        OfLayer out = OfLayer.of(n, 0, units, 0);
        for (int r = 0; r < n; r++) {
            for (int u = 0; u < units; u++) {
                out.outputs[r * units + u] =
                        weights[bias + u] + dot(weight + u * inputs, in, r * inputs, inputs);
            }
        }
        return out;
    }

    @SuppressWarnings("checkstyle:ParameterNumber") // the arrays of the formulas, by their names
    private OfLayer lstm(
            int index, int steps, int rows, double[] in, double[] starts, double[] ends) {
        int units = network.layers().get(index).outputs();
        int stateSize = network.stateSize();
        int at = network.stateOffset(index);
        OfLayer out = OfLayer.of(steps * rows, rows, units, units);
        for (int r = 0; r < rows; r++) {
            double[] h = new double[units];
            double[] c = new double[units];
            System.arraycopy(starts, r * stateSize + at, h, 0, units);
            System.arraycopy(starts, r * stateSize + at + units, c, 0, units);
            System.arraycopy(h, 0, out.firstHidden, r * units, units);
            System.arraycopy(c, 0, out.firstCell, r * units, units);
            for (int t = 0; t < steps; t++) {
                cells(index, t * rows + r, in, h, c, out);
            }
            System.arraycopy(h, 0, ends, r * stateSize + at, units);
            System.arraycopy(c, 0, ends, r * stateSize + at + units, units);
        }
        return out;
    }

    /** One step of one row: replaces h and c, and keeps row {@code n} of the activations. */
    @SuppressWarnings("checkstyle:ParameterNumber") // the arrays of the formulas, by their names
    private void cells(int index, int n, double[] in, double[] h, double[] c, OfLayer out) {
        int units = h.length;
        double[] sums = sums(index, n, in, h);
        for (int u = 0; u < units; u++) {
            double i = sigmoid(sums[u]);
            double f = sigmoid(sums[units + u]);
            double g = Math.tanh(sums[2 * units + u]);
            double o = sigmoid(sums[3 * units + u]);
            c[u] = f * c[u] + i * g;
            h[u] = o * Math.tanh(c[u]);
            out.gates[n * 4 * units + u] = i;
            out.gates[n * 4 * units + units + u] = f;
            out.gates[n * 4 * units + 2 * units + u] = g;
            out.gates[n * 4 * units + 3 * units + u] = o;
            out.cells[n * units + u] = c[u];
            out.cellTanh[n * units + u] = Math.tanh(c[u]);
            out.outputs[n * units + u] = h[u];
        }
    }

    private double[] sums(int index, int n, double[] in, double[] h) {
        int inputs = network.inputsOf(index);
        int weightIh = network.parameters().offset(network.nameOf(index) + ".weight_ih_l0");
        int weightHh = network.parameters().offset(network.nameOf(index) + ".weight_hh_l0");
        int bias = network.parameters().offset(network.nameOf(index) + ".bias_ih_l0");
        double[] sums = new double[4 * h.length];
        for (int j = 0; j < sums.length; j++) {
            sums[j] =
                    weights[bias + j]
                            + dot(weightIh + j * inputs, in, n * inputs, inputs)
                            + dot(weightHh + j * h.length, h, 0, h.length);
        }
        return sums;
    }

    private double dot(int weight, double[] in, int at, int n) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
            sum += weights[weight + k] * in[at + k];
        }
        return sum;
    }

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    /** The same numbers as doubles. */
    public static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
