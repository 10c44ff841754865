package org.cellstream.jobs.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cellstream.nn.CellFunctions;
import org.cellstream.nn.Gru;
import org.cellstream.nn.Layer;
import org.cellstream.nn.Lstm;

/**
 * One direction of a recurrent layer in ONNX: its own LSTM or GRU, which packs the gates of the
 * former in the order input, output, forget, cell, and of the latter in the order update, reset,
 * candidate; or a Scan over an {@link OnnxCell}, where ONNX has no such layer.
 */
final class OnnxRecurrent {

    private static final int[] LSTM = {0, 3, 1, 2};
    private static final int[] GRU = {1, 0, 2};

    private final OnnxGraph graph;
    private final OnnxWeights weights;
    private final String name;
    private final Layer layer;
    private final int inputs;

    /**
     * @param name of the layer in the network, which its parameters bear
     */
    OnnxRecurrent(OnnxGraph graph, OnnxWeights weights, String name, Layer layer, int inputs) {
        this.graph = graph;
        this.weights = weights;
        this.name = name;
        this.layer = layer;
        this.inputs = inputs;
    }

    /** From a state that goes in, to one that comes out; gives the outputs {@code [T, B, H]}. */
    String carried(String x) {
        List<String> states = new ArrayList<>();
        List<String> next = new ArrayList<>();
        for (String state : stateNames()) {
            graph.input(name + "." + state, List.of(1, "B", width(state)));
            graph.output(name + ".next_" + state, List.of(1, "B", width(state)));
            states.add(name + "." + state);
            next.add(name + ".next_" + state);
        }
        if (isNative()) {
            return ownLayer(x, "", states, next);
        }
        List<String> rows = new ArrayList<>();
        List<String> ends = new ArrayList<>();
        for (String state : states) {
            rows.add(
                    graph.node(
                            "Squeeze", state + ".row", List.of(state, number(state + ".axis", 0))));
            ends.add(state + ".end");
        }
        String y = scan(x, "", rows, ends);
        for (int i = 0; i < next.size(); i++) {
            graph.node("Unsqueeze", next.get(i), List.of(ends.get(i), states.get(i) + ".axis"));
        }
        return y;
    }

    /**
     * From zeros.
     *
     * @param suffix of the parameters; empty for the direction that reads forwards
     */
    String fromZeros(String x, String suffix) {
        if (isNative()) {
            return ownLayer(x, suffix, List.of(), List.of());
        }
        List<String> zeros = new ArrayList<>();
        List<String> ends = new ArrayList<>();
        for (String state : stateNames()) {
            zeros.add(zeros(x, name + suffix + "." + state, width(state)));
            ends.add(name + suffix + "." + state + ".end");
        }
        return scan(x, suffix, zeros, ends);
    }

    private String zeros(String x, String prefix, int width) {
        number(prefix + ".width", width);
        String shape = graph.node("Shape", prefix + ".shape", List.of(x));
        String rows =
                graph.node(
                        "Gather", prefix + ".rows", List.of(shape, number(prefix + ".second", 1)));
        OnnxMessage along = OnnxGraph.attribute("axis", 0L);
        List<String> both = List.of(rows, prefix + ".width");
        String size = graph.node("Concat", prefix + ".size", both, along);
        return graph.node("ConstantOfShape", prefix + ".zeros", List.of(size));
    }

    private String number(String constant, long value) {
        graph.constant(constant, new long[] {value});
        return constant;
    }

    private CellFunctions functions() {
        return layer instanceof Lstm lstm ? lstm.functions() : ((Gru) layer).functions();
    }

    private boolean isNative() {
        boolean isProjected = layer instanceof Lstm lstm && lstm.projection() > 0;
        return functions().areUsual() && !isProjected;
    }

    private List<String> stateNames() {
        return layer instanceof Lstm ? List.of("h", "c") : List.of("h");
    }

    private int width(String state) {
        return state.equals("h") ? layer.outputs(inputs) : units();
    }

    private int units() {
        return layer instanceof Lstm lstm ? lstm.units() : ((Gru) layer).units();
    }

    /**
     * @param states that go in; none for zeros
     */
    private String ownLayer(String x, String suffix, List<String> states, List<String> next) {
        int[] order = layer instanceof Lstm ? LSTM : GRU;
        int rows = order.length * units();
        String prefix = name + suffix;
        String weightIh = name + ".weight_ih_l0" + suffix;
        String weightHh = name + ".weight_hh_l0" + suffix;
        graph.constant(prefix + ".W", weights.gates(weightIh, order), 1, rows, inputs);
        graph.constant(prefix + ".R", weights.gates(weightHh, order), 1, rows, units());
        graph.constant(prefix + ".B", bothBiases(order, suffix), 1, 2 * rows);
        List<String> in =
                new ArrayList<>(List.of(x, prefix + ".W", prefix + ".R", prefix + ".B", ""));
        in.addAll(states);
        List<String> out = new ArrayList<>(List.of(prefix + ".all"));
        out.addAll(next);
        OnnxMessage size = OnnxGraph.attribute("hidden_size", (long) units());
        OnnxMessage direction =
                OnnxGraph.attribute("direction", suffix.isEmpty() ? "forward" : "reverse");
        if (layer instanceof Gru gru) {
            long after = gru.reset() == Gru.Reset.AFTER ? 1 : 0;
            OnnxMessage reset = OnnxGraph.attribute("linear_before_reset", after);
            graph.node("GRU", in, out, size, direction, reset);
        } else {
            graph.node("LSTM", in, out, size, direction);
        }
        // [T, 1, B, H]: the second dimension counts directions.
        List<String> all = List.of(prefix + ".all", number(prefix + ".axis", 1));
        return graph.node("Squeeze", prefix + ".out", all);
    }

    /** Both biases, one after the other; zeros where a layer has one. */
    private float[] bothBiases(int[] order, String suffix) {
        float[] first = weights.gates(name + ".bias_ih_l0" + suffix, order);
        float[] both = Arrays.copyOf(first, 2 * first.length);
        if (weights.has(name + ".bias_hh_l0" + suffix)) {
            float[] second = weights.gates(name + ".bias_hh_l0" + suffix, order);
            System.arraycopy(second, 0, both, first.length, second.length);
        }
        return both;
    }

    private String scan(String x, String suffix, List<String> states, List<String> ends) {
        OnnxCell cell = new OnnxCell(graph, weights, name, suffix);
        OnnxGraph body =
                layer instanceof Lstm lstm
                        ? cell.lstm(lstm, inputs)
                        : cell.gru((Gru) layer, inputs);
        List<String> in = new ArrayList<>(states);
        in.add(x);
        List<String> out = new ArrayList<>(ends);
        String y = name + suffix + ".out";
        out.add(y);
        long backwards = suffix.isEmpty() ? 0 : 1;
        graph.node(
                "Scan",
                in,
                out,
                OnnxGraph.body(body),
                OnnxGraph.attribute("num_scan_inputs", 1L),
                OnnxGraph.list("scan_input_directions", backwards),
                OnnxGraph.list("scan_output_directions", backwards));
        return y;
    }
}
