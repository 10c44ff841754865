package org.cellstream.jobs.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cellstream.jobs.replay.WrongInputException;
import org.cellstream.nn.Network;
import org.cellstream.nn.Parameters;
import org.cellstream.nn.Weights;

/**
 * A network as a graph of ONNX over {@code x [T, B, I]}, time first: T steps of B sequences give
 * {@code y [T, B, O]}. Every recurrent layer takes {@code h} (and {@code c}) {@code [1, B, H]} and
 * gives {@code next_h} (and {@code next_c}); who feeds them back goes on, who feeds zeros starts
 * anew.
 *
 * <p>ONNX packs an LSTM's gates in the order input, output, forget, cell, and a GRU's in the order
 * update, reset, candidate.
 */
final class OnnxNetwork {

    private static final Pattern WORD = Pattern.compile("(\\w+)\\(([\\d.]+)(?:, ([\\w=]+))?\\)");
    private static final int[] LSTM = {0, 3, 1, 2};
    private static final int[] GRU = {1, 0, 2};

    /** Activations of dense layers by their words here. */
    private static final Map<String, String> ACTIVATIONS =
            Map.of(
                    "relu", "Relu",
                    "tanh", "Tanh",
                    "sigmoid", "Sigmoid",
                    "softmax", "Softmax",
                    "softplus", "Softplus",
                    "softsign", "Softsign",
                    "elu", "Elu",
                    "selu", "Selu",
                    "exponential", "Exp");

    private final Network network;
    private final Parameters parameters;
    private final float[] weights;
    private final OnnxGraph graph = new OnnxGraph();
    private String top = "x";

    OnnxNetwork(Weights weights) {
        this.network = weights.network();
        this.parameters = network.parameters();
        this.weights = weights.values();
    }

    byte[] toBytes() throws WrongInputException {
        graph.constant("directions", new long[] {1});
        graph.input("x", List.of("T", "B", network.inputs()));
        graph.output("y", List.of("T", "B", network.outputs()));
        for (int i = 0; i < network.layers().size(); i++) {
            Matcher word = WORD.matcher(network.layers().get(i).toString());
            String kind = word.matches() ? word.group(1) : "";
            String argument = word.matches() && word.group(3) != null ? word.group(3) : "";
            switch (kind) {
                case "lstm" -> {
                    if (!argument.isEmpty()) {
                        throw refused(i);
                    }
                    recurrent(i, Integer.parseInt(word.group(2)), true);
                }
                case "gru" -> recurrent(i, Integer.parseInt(word.group(2)), false);
                case "dense" -> dense(i, Integer.parseInt(word.group(2)), argument);
                case "dropout" -> {
                    // Only while training.
                }
                default -> throw refused(i);
            }
        }
        graph.node("Identity", List.of(top), List.of("y"));
        return graph.toBytes();
    }

    private WrongInputException refused(int index) {
        return new WrongInputException(
                "layer %s is %s; ONNX is written of lstm without projection, gru and dense"
                        .formatted(network.nameOf(index), network.layers().get(index)));
    }

    private void recurrent(int index, int units, boolean lstm) {
        String name = network.nameOf(index);
        int[] order = lstm ? LSTM : GRU;
        int gates = order.length;
        int inputs = network.inputsOf(index);
        graph.constant(
                name + ".W",
                gates(name + ".weight_ih_l0", order, units * inputs),
                1,
                gates * units,
                inputs);
        graph.constant(
                name + ".R",
                gates(name + ".weight_hh_l0", order, units * units),
                1,
                gates * units,
                units);
        graph.constant(name + ".B", bothBiases(name, order, units), 1, 2 * gates * units);
        List<String> inputsOfNode =
                new ArrayList<>(List.of(top, name + ".W", name + ".R", name + ".B", ""));
        List<String> outputs = new ArrayList<>(List.of(name + ".all"));
        for (String state : lstm ? List.of("h", "c") : List.of("h")) {
            inputsOfNode.add(name + "." + state);
            outputs.add(name + ".next_" + state);
            graph.input(name + "." + state, List.of(1, "B", units));
            graph.output(name + ".next_" + state, List.of(1, "B", units));
        }
        OnnxMessage size = OnnxGraph.attribute("hidden_size", units);
        if (lstm) {
            graph.node("LSTM", inputsOfNode, outputs, size);
        } else {
            int after = has(name + ".bias_hh_l0") ? 1 : 0;
            OnnxMessage reset = OnnxGraph.attribute("linear_before_reset", after);
            graph.node("GRU", inputsOfNode, outputs, size, reset);
        }
        // [T, 1, B, H]: the second dimension counts directions.
        graph.node("Squeeze", List.of(name + ".all", "directions"), List.of(name + ".out"));
        top = name + ".out";
    }

    /** Both biases, one after the other; zeros where a layer has one. */
    private float[] bothBiases(String name, int[] order, int units) {
        float[] first = gates(name + ".bias_ih_l0", order, units);
        float[] both = Arrays.copyOf(first, 2 * first.length);
        if (has(name + ".bias_hh_l0")) {
            float[] second = gates(name + ".bias_hh_l0", order, units);
            System.arraycopy(second, 0, both, first.length, second.length);
        }
        return both;
    }

    private void dense(int index, int units, String activation) throws WrongInputException {
        String name = network.nameOf(index);
        int inputs = network.inputsOf(index);
        float[] weight = slice(name + ".weight", 0, units * inputs);
        float[] transposed = new float[weight.length];
        for (int u = 0; u < units; u++) {
            for (int i = 0; i < inputs; i++) {
                transposed[i * units + u] = weight[u * inputs + i];
            }
        }
        graph.constant(name + ".W", transposed, inputs, units);
        graph.constant(name + ".B", slice(name + ".bias", 0, units), units);
        graph.node("MatMul", List.of(top, name + ".W"), List.of(name + ".product"));
        graph.node("Add", List.of(name + ".product", name + ".B"), List.of(name + ".sum"));
        top = name + ".sum";
        if (!activation.isEmpty() && !activation.equals("linear")) {
            String operator = ACTIVATIONS.get(activation);
            if (operator == null) {
                throw new WrongInputException(
                        "layer %s has activation %s; ONNX is written with %s"
                                .formatted(name, activation, ACTIVATIONS.keySet()));
            }
            graph.node(operator, List.of(top), List.of(name + ".out"));
            top = name + ".out";
        }
    }

    private boolean has(String parameter) {
        return parameters.list().stream().anyMatch(p -> p.name().equals(parameter));
    }

    /** A parameter with its gates, parts of {@code part} floats each, in another order. */
    private float[] gates(String parameter, int[] order, int part) {
        float[] values = new float[order.length * part];
        for (int gate = 0; gate < order.length; gate++) {
            float[] from = slice(parameter, order[gate] * part, part);
            System.arraycopy(from, 0, values, gate * part, part);
        }
        return values;
    }

    private float[] slice(String parameter, int from, int length) {
        int start = parameters.offset(parameter) + from;
        return Arrays.copyOfRange(weights, start, start + length);
    }
}
