package org.cellstream.jobs.model;

import java.util.List;
import java.util.stream.IntStream;
import org.cellstream.nn.CellFunctions;
import org.cellstream.nn.Gru;
import org.cellstream.nn.Lstm;

/**
 * One time step of an LSTM or a GRU, operation by operation, for forms that ONNX has no layer of:
 * projections, and activations other than tanh and sigmoid. It takes h, for an LSTM c, and a row,
 * and gives the next of them and h once more.
 */
final class OnnxCell {

    private final OnnxGraph graph;
    private final OnnxWeights weights;
    private final OnnxGraph body;
    private final OnnxFunctions functions;
    private final String name;
    private final String suffix;
    private final String prefix;

    /**
     * @param graph takes the constants
     * @param suffix of the parameters
     */
    OnnxCell(OnnxGraph graph, OnnxWeights weights, String name, String suffix) {
        this.graph = graph;
        this.weights = weights;
        this.name = name;
        this.suffix = suffix;
        this.prefix = name + suffix + ".cell.";
        this.body = new OnnxGraph(name + suffix + ".step");
        this.functions = new OnnxFunctions(graph);
    }

    OnnxGraph lstm(Lstm layer, int inputs) {
        int units = layer.units();
        int hidden = layer.hidden();
        String h = input("h", hidden);
        String c = input("c", units);
        String x = input("x", inputs);
        String bias = constant("bias_ih_l0", 4 * units);
        String overX = product(x, "weight_ih_l0", 0, 4 * units, inputs);
        String overH = product(h, "weight_hh_l0", 0, 4 * units, hidden);
        List<String> sums = parts("sum", add("sums", add("product", overX, overH), bias), 4);
        CellFunctions functionsOf = layer.functions();
        String i = gate(functionsOf, sums.get(0), "i");
        String f = gate(functionsOf, sums.get(1), "f");
        String g = value(functionsOf, sums.get(2), "g");
        String o = gate(functionsOf, sums.get(3), "o");
        String nextC = add("next_c", multiply("kept", f, c), multiply("added", i, g));
        String shown = multiply("shown", o, value(functionsOf, nextC, "tanh"));
        String nextH =
                layer.projection() == 0 ? shown : product(shown, "weight_hr_l0", 0, hidden, units);
        output("h_out", nextH, hidden);
        output("c_out", nextC, units);
        output("y", nextH, hidden);
        return body;
    }

    OnnxGraph gru(Gru layer, int inputs) {
        int units = layer.units();
        String h = input("h", units);
        String x = input("x", inputs);
        String overX =
                add(
                        "over_x",
                        product(x, "weight_ih_l0", 0, 3 * units, inputs),
                        constant("bias_ih_l0", 3 * units));
        List<String> ofX = parts("of_x", overX, 3);
        boolean isAfter = layer.reset() == Gru.Reset.AFTER;
        int gates = isAfter ? 3 : 2;
        String overH = product(h, "weight_hh_l0", 0, gates * units, units);
        if (isAfter) {
            overH = add("over_h", overH, constant("bias_hh_l0", 3 * units));
        }
        List<String> ofH = parts("of_h", overH, gates);
        String r = gate(layer.functions(), add("r_sum", ofX.get(0), ofH.get(0)), "r");
        String z = gate(layer.functions(), add("z_sum", ofX.get(1), ofH.get(1)), "z");
        String recalled =
                isAfter
                        ? multiply("recalled", r, ofH.get(2))
                        : product(multiply("left", r, h), "weight_hh_l0", 2 * units, units, units);
        String n = value(layer.functions(), add("n_sum", ofX.get(2), recalled), "n");
        String change = body.node("Sub", prefix + "change", List.of(h, n));
        String nextH = add("next_h", n, multiply("kept", z, change));
        output("h_out", nextH, units);
        output("y", nextH, units);
        return body;
    }

    private String input(String what, int width) {
        body.input(prefix + what, List.of("B", width));
        return prefix + what;
    }

    private void output(String what, String value, int width) {
        body.output(body.node("Identity", prefix + what, List.of(value)), List.of("B", width));
    }

    private String constant(String parameter, int size) {
        String constant = prefix + parameter;
        graph.constant(constant, weights.all(name + "." + parameter + suffix), size);
        return constant;
    }

    /** A row times rows of a parameter from {@code first} on. */
    private String product(String row, String parameter, int first, int rows, int columns) {
        String constant = prefix + parameter + "." + first;
        String full = name + "." + parameter + suffix;
        graph.constant(constant, weights.transposed(full, first, rows, columns), columns, rows);
        return body.node("MatMul", constant + ".product", List.of(row, constant));
    }

    private List<String> parts(String what, String value, int count) {
        List<String> parts =
                IntStream.range(0, count).mapToObj(k -> prefix + what + "." + k).toList();
        body.node("Split", List.of(value), parts, OnnxGraph.attribute("axis", -1L));
        return parts;
    }

    private String add(String what, String a, String b) {
        return body.node("Add", prefix + what, List.of(a, b));
    }

    private String multiply(String what, String a, String b) {
        return body.node("Mul", prefix + what, List.of(a, b));
    }

    private String gate(CellFunctions of, String sum, String what) {
        return functions.apply(body, of.recurrent(), sum, prefix + what);
    }

    private String value(CellFunctions of, String sum, String what) {
        return functions.apply(body, of.activation(), sum, prefix + what);
    }
}
