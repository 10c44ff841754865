package org.cellstream.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every layer written down plainly in double precision, one row and one unit at a time, with {@link
 * Math#tanh} and {@link Math#exp}: what the kernels are compared with, and what gradients are
 * differenced from.
 */
public final class ReferenceNetwork {

    private final Network network;
    private final double[] weights;
    private final @Nullable DropoutMasks masks;

    /** A network that drops nothing. */
    public ReferenceNetwork(Network network, double[] weights) {
        this(network, weights, null);
    }

    /** A network that drops what these masks say, if there are any. */
    public ReferenceNetwork(Network network, double[] weights, @Nullable DropoutMasks masks) {
        this.network = network;
        this.weights = weights.clone();
        this.masks = masks;
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
     * One layer's activations by the names of its record of {@link LayerActivations}, and laid out
     * like them.
     */
    public record OfLayer(Map<String, double[]> arrays) {

        /** The numbers of the layer's own record. */
        private static OfLayer of(LayerActivations room) {
            Map<String, double[]> arrays = new TreeMap<>();
            TestingActivations.arrays(room).forEach((n, a) -> arrays.put(n, doubles(a)));
            return new OfLayer(arrays);
        }

        /** The array of that name. */
        public double[] of(String name) {
            return Objects.requireNonNull(arrays.get(name), name);
        }

        /** Rows of the layer's output. */
        public double[] outputs() {
            return of("outputs");
        }
    }

    /**
     * Runs {@code steps} time steps over {@code rows} rows.
     *
     * @param inputs {@code [T, B, inputs]}
     * @param starts states before the first step, {@code [B, stateSize]}
     */
    public Pass forward(int steps, int rows, double[] inputs, double[] starts) {
        WindowShape shape = new WindowShape(steps, rows);
        List<OfLayer> layers = new ArrayList<>();
        double[] ends = new double[rows * network.stateSize()];
        double[] in = inputs;
        for (int i = 0; i < network.layers().size(); i++) {
            Layer layer = network.layers().get(i);
            LayerActivations room = layer.activations(network.inputsOf(i), shape);
            if (masks != null) {
                layer.drop(masks, network.nameOf(i), room);
            }
            OfLayer out = OfLayer.of(room);
            if (layer instanceof Lstm) {
                lstm(i, shape, in, new States(starts, ends), out);
            } else if (layer instanceof Dense dense) {
                dense(dense, i, in, out);
            } else {
                new ReferenceLayers(network, weights, i).forward(layer, inputs, in, out);
            }
            layers.add(out);
            in = out.outputs();
        }
        return new Pass(layers, ends);
    }

    /** All layers' states before the first step and after the last. */
    private record States(double[] starts, double[] ends) {}

    private void dense(Dense layer, int index, double[] in, OfLayer out) {
        int inputs = network.inputsOf(index);
        int units = network.outputsOf(index);
        int weight = network.parameters().offset(network.nameOf(index) + ".weight");
        int bias = network.parameters().offset(network.nameOf(index) + ".bias");
        for (int k = 0; k < out.outputs().length; k++) {
            int u = k % units;
            out.outputs()[k] =
                    weights[bias + u] + dot(weight + u * inputs, in, k / units * inputs, inputs);
        }
        if (!layer.activation().isLinear()) {
            System.arraycopy(out.outputs(), 0, out.of("sums"), 0, out.outputs().length);
            ReferenceActivation.apply(layer.activation(), units, out.outputs());
        }
    }

    private void lstm(int index, WindowShape shape, double[] in, States states, OfLayer out) {
        int units = network.outputsOf(index);
        for (int r = 0; r < shape.rows(); r++) {
            int at = r * network.stateSize() + network.stateOffset(index);
            Cells cells = new Cells(new double[units], new double[units]);
            System.arraycopy(states.starts, at, cells.h, 0, units);
            System.arraycopy(states.starts, at + units, cells.c, 0, units);
            System.arraycopy(cells.h, 0, out.of("firstHidden"), r * units, units);
            System.arraycopy(cells.c, 0, out.of("firstCell"), r * units, units);
            for (int t = 0; t < shape.steps(); t++) {
                step(index, t * shape.rows() + r, in, cells, out);
            }
            System.arraycopy(cells.h, 0, states.ends, at, units);
            System.arraycopy(cells.c, 0, states.ends, at + units, units);
        }
    }

    /** h and c of one row of one layer, overwritten by every step. */
    private record Cells(double[] h, double[] c) {}

    /** One step of one row, which is row {@code n} of the activations. */
    private void step(int index, int n, double[] in, Cells cells, OfLayer out) {
        int units = cells.h.length;
        double[] sums = sums(index, n, in, cells.h);
        double[] gates = out.of("gates");
        for (int u = 0; u < units; u++) {
            double i = sigmoid(sums[u]);
            double f = sigmoid(sums[units + u]);
            double g = Math.tanh(sums[2 * units + u]);
            double o = sigmoid(sums[3 * units + u]);
            double c = f * cells.c[u] + i * g;
            double h = o * Math.tanh(c);
            cells.c[u] = c;
            cells.h[u] = h;
            gates[n * 4 * units + u] = i;
            gates[n * 4 * units + units + u] = f;
            gates[n * 4 * units + 2 * units + u] = g;
            gates[n * 4 * units + 3 * units + u] = o;
            out.of("cells")[n * units + u] = c;
            out.of("cellTanh")[n * units + u] = Math.tanh(c);
            out.outputs()[n * units + u] = h;
        }
    }

    private double[] sums(int index, int n, double[] in, double[] h) {
        int inputs = network.inputsOf(index);
        int weightIh = network.parameters().offset(network.nameOf(index) + ".weight_ih_l0");
        int weightHh = network.parameters().offset(network.nameOf(index) + ".weight_hh_l0");
        int bias = network.parameters().offset(network.nameOf(index) + ".bias_ih_l0");
        double[] sums = new double[4 * h.length];
        for (int j = 0; j < sums.length; j++) {
            double overInputs = dot(weightIh + j * inputs, in, n * inputs, inputs);
            double overHidden = dot(weightHh + j * h.length, h, 0, h.length);
            sums[j] = weights[bias + j] + overInputs + overHidden;
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
