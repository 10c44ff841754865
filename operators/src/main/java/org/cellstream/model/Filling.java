package org.cellstream.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cellstream.nn.Network;
import org.cellstream.nn.Parameter;
import org.cellstream.nn.Weights;

/** Puts tensors together to the weights of a network whose layers they are. */
final class Filling {

    private Filling() {}

    /** The parameters of a layer. */
    static List<Parameter> parameters(Network network, int layer) {
        return network.layers()
                .get(layer)
                .parameters(network.nameOf(layer), network.inputsOf(layer));
    }

    /** The parameters of each layer that has some, bottom first. */
    static List<List<Parameter>> parameters(Network network) {
        List<List<Parameter>> layers = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            List<Parameter> parameters = parameters(network, i);
            if (!parameters.isEmpty()) {
                layers.add(parameters);
            }
        }
        return layers;
    }

    /** How a message shows what a layer needs: names and shapes. */
    static String shown(List<Parameter> parameters) {
        return parameters.isEmpty()
                ? "none"
                : parameters.stream()
                        .map(p -> TensorGroup.ending(p) + shape(p))
                        .collect(Collectors.joining(" "));
    }

    /** As a state dict has it: vectors have one dimension. */
    static List<Integer> shape(Parameter parameter) {
        // PyTorch has these as vectors; a matrix of one column is one there, too.
        boolean isVector =
                TensorGroup.ending(parameter).startsWith("bias")
                        || parameter.name().startsWith("layernorm");
        return isVector
                ? List.of(parameter.rows())
                : List.of(parameter.rows(), parameter.columns());
    }

    /**
     * Weights whose tensors are known layer by layer.
     *
     * @param layers bottom first, one map for each layer, empty for one without parameters
     */
    static Weights filled(Path file, Network network, List<Map<String, Tensor>> layers)
            throws ModelFormatException {
        List<TensorGroup> order = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            TensorGroup group = new TensorGroup(network.nameOf(i), 0, layers.get(i));
            List<Parameter> parameters = parameters(network, i);
            if (!group.fits(parameters)) {
                throw new ModelFormatException(
                        file,
                        "layer " + network.nameOf(i),
                        "its weights are %s; %s needs %s"
                                .formatted(
                                        group.shapes(),
                                        network.layers().get(i),
                                        shown(parameters)));
            }
            if (!parameters.isEmpty()) {
                order.add(group);
            }
        }
        return inOrder(file, network, order);
    }

    /**
     * The weights of a network.
     *
     * @param order a group for each layer that has parameters, bottom first, which fits it
     */
    static Weights inOrder(Path file, Network network, List<TensorGroup> order)
            throws ModelFormatException {
        float[] weights = new float[network.parameters().size()];
        int next = 0;
        for (List<Parameter> parameters : parameters(network)) {
            int offset = network.parameters().offset(parameters.get(0).name());
            order.get(next++).copyTo(parameters, offset, weights);
        }
        for (Parameter parameter : network.parameters().list()) {
            int offset = network.parameters().offset(parameter.name());
            for (int i = offset; i < offset + parameter.size(); i++) {
                if (!Float.isFinite(weights[i])) {
                    throw new ModelFormatException(
                            file,
                            "weights of " + parameter.name(),
                            "number %d is %s; need finite ones".formatted(i - offset, weights[i]));
                }
            }
        }
        return new Weights(network, weights);
    }
}
