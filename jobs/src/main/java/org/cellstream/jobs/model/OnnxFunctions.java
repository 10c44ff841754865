package org.cellstream.jobs.model;

import java.util.List;
import org.cellstream.nn.Activation;

/**
 * Activations as operations of ONNX. Those that operator set 17 does not have are put together.
 *
 * @param constants the graph that takes constants; it may be the one that takes operations
 */
record OnnxFunctions(OnnxGraph constants) {

    private static final float HALF_ROOT = (float) Math.sqrt(0.5);
    private static final float TANH_SCALE = (float) Math.sqrt(2 / Math.PI);
    private static final float TANH_CUBIC = 0.044715f;

    /**
     * Applies a function.
     *
     * @param name of the output, from which names on the way are made
     * @return the output
     */
    String apply(OnnxGraph graph, Activation activation, String in, String name) {
        List<String> x = List.of(in);
        double alpha = activation.alpha();
        return switch (activation.function()) {
            case LINEAR -> graph.node("Identity", name, x);
            case RELU -> graph.node("Relu", name, x);
            case LEAKY_RELU ->
                    graph.node("LeakyRelu", name, x, OnnxGraph.attribute("alpha", alpha));
            case ELU -> graph.node("Elu", name, x, OnnxGraph.attribute("alpha", alpha));
            case SELU -> graph.node("Selu", name, x);
            case TANH -> graph.node("Tanh", name, x);
            case SIGMOID -> graph.node("Sigmoid", name, x);
            case HARD_SIGMOID ->
                    graph.node(
                            "HardSigmoid",
                            name,
                            x,
                            OnnxGraph.attribute("alpha", alpha),
                            OnnxGraph.attribute("beta", 0.5));
            case SOFTPLUS -> graph.node("Softplus", name, x);
            case SOFTSIGN -> graph.node("Softsign", name, x);
            case EXPONENTIAL -> graph.node("Exp", name, x);
            case SOFTMAX -> graph.node("Softmax", name, x, OnnxGraph.attribute("axis", -1L));
            case SWISH -> {
                String sigmoid = graph.node("Sigmoid", name + ".sigmoid", x);
                yield graph.node("Mul", name, List.of(in, sigmoid));
            }
            case GELU -> gelu(graph, in, name);
            case GELU_TANH -> geluTanh(graph, in, name);
        };
    }

    /** x (1 + erf(x / sqrt(2))) / 2. */
    private String gelu(OnnxGraph graph, String in, String name) {
        String root = constant(name + ".root", HALF_ROOT);
        String scaled = graph.node("Mul", name + ".scaled", List.of(in, root));
        return halfOf(graph, in, graph.node("Erf", name + ".erf", List.of(scaled)), name);
    }

    /** x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2. */
    private String geluTanh(OnnxGraph graph, String in, String name) {
        String square = graph.node("Mul", name + ".square", List.of(in, in));
        String cubic = constant(name + ".cubic", TANH_CUBIC);
        String factor = graph.node("Mul", name + ".factor", List.of(square, cubic));
        String one = constant(name + ".first", 1);
        String sum = graph.node("Add", name + ".sum", List.of(factor, one));
        String inner = graph.node("Mul", name + ".inner", List.of(in, sum));
        String scale = constant(name + ".scale", TANH_SCALE);
        String scaled = graph.node("Mul", name + ".scaled", List.of(inner, scale));
        return halfOf(graph, in, graph.node("Tanh", name + ".tanh", List.of(scaled)), name);
    }

    /** x (1 + y) / 2. */
    private String halfOf(OnnxGraph graph, String x, String y, String name) {
        String one = constant(name + ".one", 1);
        String more = graph.node("Add", name + ".more", List.of(y, one));
        String product = graph.node("Mul", name + ".product", List.of(x, more));
        return graph.node("Mul", name, List.of(product, constant(name + ".half", 0.5f)));
    }

    private String constant(String name, float value) {
        constants.constant(name, new float[] {value}, 1);
        return name;
    }
}
