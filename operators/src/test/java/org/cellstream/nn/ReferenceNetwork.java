package org.cellstream.nn;

import java.util.ArrayList;
import java.util.Arrays;
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

    Network network() {
        return network;
    }

    double[] weights() {
        return weights;
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

        /** The arrays of a layer within this one. */
        public OfLayer within(String name) {
            Map<String, double[]> within = new TreeMap<>();
            String prefix = name + ".";
            arrays.forEach(
                    (n, a) -> {
                        if (n.startsWith(prefix)) {
                            within.put(n.substring(prefix.length()), a);
                        }
                    });
            return new OfLayer(within);
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
            if (layer.stateSize() > 0) {
                recurrent(i, shape, in, new States(starts, ends), out);
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

    private void recurrent(int index, WindowShape shape, double[] in, States states, OfLayer out) {
        Layer layer = network.layers().get(index);
        double[][] own = new double[shape.rows()][];
        for (int r = 0; r < own.length; r++) {
            int at = r * network.stateSize() + network.stateOffset(index);
            own[r] = Arrays.copyOfRange(states.starts, at, at + layer.stateSize());
        }
        if (layer instanceof Bidirectional) {
            bidirectional(index, shape, in, own, out);
        } else {
            of(index, layer, "").run(shape, in, own, out);
        }
        for (int r = 0; r < own.length; r++) {
            int at = r * network.stateSize() + network.stateOffset(index);
            System.arraycopy(own[r], 0, states.ends, at, own[r].length);
        }
    }

    private ReferenceRecurrent of(int index, Layer layer, String suffix) {
        return new ReferenceRecurrent(this, index, layer, network.nameOf(index), suffix);
    }

    private void bidirectional(
            int index, WindowShape shape, double[] in, double[][] states, OfLayer out) {
        Bidirectional layer = (Bidirectional) network.layers().get(index);
        int half = layer.stateSize() / 2;
        double[][] forwardStates = new double[states.length][];
        double[][] reverseStates = new double[states.length][];
        for (int r = 0; r < states.length; r++) {
            forwardStates[r] = Arrays.copyOf(states[r], half);
            reverseStates[r] = Arrays.copyOfRange(states[r], half, 2 * half);
        }
        OfLayer forward = out.within("forward");
        OfLayer reverse = out.within("reverse");
        of(index, layer.layer(), "").run(shape, in, forwardStates, forward);
        double[] reversed = reversed(shape, in);
        of(index, layer.layer(), "_reverse").run(shape, reversed, reverseStates, reverse);
        merge(layer, shape.n(), forward.outputs(), reversed(shape, reverse.outputs()), out);
        for (int r = 0; r < states.length; r++) {
            System.arraycopy(forwardStates[r], 0, states[r], 0, half);
            System.arraycopy(reverseStates[r], 0, states[r], half, half);
        }
    }

    /** The last time step first. */
    private static double[] reversed(WindowShape shape, double[] rows) {
        double[] reversed = new double[rows.length];
        int size = rows.length / shape.steps();
        for (int t = 0; t < shape.steps(); t++) {
            System.arraycopy(rows, t * size, reversed, (shape.steps() - 1 - t) * size, size);
        }
        return reversed;
    }

    private static void merge(
            Bidirectional layer, int n, double[] forward, double[] reverse, OfLayer out) {
        int width = forward.length / n;
        for (int k = 0; k < forward.length; k++) {
            double f = forward[k];
            double b = reverse[k];
            switch (layer.merge()) {
                case CONCAT -> {
                    int at = k / width * 2 * width + k % width;
                    out.outputs()[at] = f;
                    out.outputs()[at + width] = b;
                }
                case SUM -> out.outputs()[k] = f + b;
                case AVERAGE -> out.outputs()[k] = (f + b) / 2;
                case MULTIPLY -> out.outputs()[k] = f * b;
            }
        }
    }

    private double dot(int weight, double[] in, int at, int n) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
            sum += weights[weight + k] * in[at + k];
        }
        return sum;
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
