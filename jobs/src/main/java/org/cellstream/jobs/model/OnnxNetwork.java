package org.cellstream.jobs.model;

import java.util.List;
import java.util.stream.IntStream;
import org.cellstream.nn.Bidirectional;
import org.cellstream.nn.Dense;
import org.cellstream.nn.Dropout;
import org.cellstream.nn.Embedding;
import org.cellstream.nn.Gru;
import org.cellstream.nn.LayerNorm;
import org.cellstream.nn.LayerVisitor;
import org.cellstream.nn.Lstm;
import org.cellstream.nn.Network;
import org.cellstream.nn.Skip;
import org.cellstream.nn.Weights;

/**
 * A network as a graph of ONNX over {@code x [T, B, I]}, time first: T steps of B sequences give
 * {@code y [T, B, O]}. Every recurrent layer takes {@code h} (and {@code c}) {@code [1, B, H]} and
 * gives {@code next_h} (and {@code next_c}); who feeds them back goes on, who feeds zeros starts
 * anew. A layer that reads both ways starts from zeros, and so takes and gives none.
 */
final class OnnxNetwork implements LayerVisitor<String> {

    /** The dimension of a row's numbers. */
    private static final long WIDTH = 2;

    private final Network network;
    private final OnnxWeights weights;
    private final OnnxGraph graph = new OnnxGraph("cellstream");
    private final OnnxFunctions functions = new OnnxFunctions(graph);
    private int index;
    private String name = "";
    private final Standardisation standardisation;
    private String row = "x";
    private String top = "x";

    /**
     * @param standardisation of x, in front of everything
     */
    OnnxNetwork(Weights weights, Standardisation standardisation) {
        this.standardisation = standardisation;
        this.network = weights.network();
        this.weights = new OnnxWeights(weights);
    }

    byte[] toBytes() {
        graph.input("x", List.of("T", "B", network.inputs()));
        graph.output("y", List.of("T", "B", network.outputs()));
        row = standardised("x");
        top = row;
        for (index = 0; index < network.layers().size(); index++) {
            name = network.nameOf(index);
            top = network.layers().get(index).accept(this);
        }
        graph.node("Identity", "y", List.of(top));
        return graph.toBytes();
    }

    /** In 64-bit floats, as {@link Standardisation#of}, so that both give the same bits. */
    private String standardised(String x) {
        if (standardisation.mean().length == 0) {
            return x;
        }
        graph.constant("mean", standardisation.mean());
        graph.constant("scale", standardisation.scale());
        String wide = cast("x.wide", x, OnnxGraph.DOUBLE);
        String centred = graph.node("Sub", "x.centred", List.of(wide, "mean"));
        String scaled = graph.node("Div", "x.scaled", List.of(centred, "scale"));
        return cast("x.standardised", scaled, OnnxGraph.FLOAT);
    }

    private String cast(String output, String value, int type) {
        return graph.node("Cast", output, List.of(value), OnnxGraph.attribute("to", (long) type));
    }

    private int inputs() {
        return network.inputsOf(index);
    }

    @Override
    public String lstm(Lstm layer) {
        return new OnnxRecurrent(graph, weights, name, layer, inputs()).carried(top);
    }

    @Override
    public String gru(Gru layer) {
        return new OnnxRecurrent(graph, weights, name, layer, inputs()).carried(top);
    }

    @Override
    public String bidirectional(Bidirectional layer) {
        OnnxRecurrent one = new OnnxRecurrent(graph, weights, name, layer.layer(), inputs());
        List<String> both = List.of(one.fromZeros(top, ""), one.fromZeros(top, "_reverse"));
        String merged = name + ".merged";
        return switch (layer.merge()) {
            case CONCAT -> side(merged, both);
            case SUM -> graph.node("Add", merged, both);
            case MULTIPLY -> graph.node("Mul", merged, both);
            case AVERAGE -> {
                String sum = graph.node("Add", name + ".sum", both);
                graph.constant(name + ".half", new float[] {0.5f}, 1);
                yield graph.node("Mul", merged, List.of(sum, name + ".half"));
            }
        };
    }

    @Override
    public String dense(Dense layer) {
        int units = layer.units();
        String weight = name + ".weight";
        float[] transposed = weights.transposed(weight, 0, units, inputs());
        graph.constant(name + ".W", transposed, inputs(), units);
        graph.constant(name + ".B", weights.all(name + ".bias"), units);
        String product = graph.node("MatMul", name + ".product", List.of(top, name + ".W"));
        String sum = graph.node("Add", name + ".sum", List.of(product, name + ".B"));
        return functions.apply(graph, layer.activation(), sum, name + ".out");
    }

    /** An index that is no category is an error of whoever runs the file. */
    @Override
    public String embedding(Embedding layer) {
        int column = layer.columnOf(inputs());
        graph.constant(
                name + ".W", weights.all(name + ".weight"), layer.categories(), layer.units());
        graph.constant(name + ".column", new long[] {column});
        graph.constant(name + ".width", new long[] {WIDTH});
        OnnxMessage along = OnnxGraph.attribute("axis", WIDTH);
        String one = graph.node("Gather", name + ".one", List.of(top, name + ".column"), along);
        String flat = graph.node("Squeeze", name + ".flat", List.of(one, name + ".width"));
        String category = cast(name + ".index", flat, OnnxGraph.INT64);
        String row = graph.node("Gather", name + ".row", List.of(name + ".W", category));
        if (inputs() == 1) {
            return row;
        }
        long[] others =
                IntStream.range(0, inputs()).filter(k -> k != column).asLongStream().toArray();
        graph.constant(name + ".others", others);
        List<String> from = List.of(top, name + ".others");
        return side(name + ".out", List.of(graph.node("Gather", name + ".rest", from, along), row));
    }

    @Override
    public String layerNorm(LayerNorm layer) {
        graph.constant(name + ".W", weights.all(name + ".weight"), inputs());
        graph.constant(name + ".B", weights.all(name + ".bias"), inputs());
        return graph.node(
                "LayerNormalization",
                name + ".out",
                List.of(top, name + ".W", name + ".B"),
                OnnxGraph.attribute("axis", -1L),
                OnnxGraph.attribute("epsilon", layer.eps()));
    }

    @Override
    public String dropout(Dropout layer) {
        return top; // only while training
    }

    @Override
    public String skip(Skip layer) {
        return side(name + ".out", List.of(top, row));
    }

    private String side(String output, List<String> values) {
        return graph.node("Concat", output, values, OnnxGraph.attribute("axis", WIDTH));
    }
}
