package org.cellstream.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.cellstream.nn.Network;
import org.cellstream.nn.Parameter;
import org.cellstream.nn.Weights;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which tensors of a PyTorch state dict are which layer of a network. Names of modules
 * are the user's own; what counts is their endings, the shapes, and the numbers in names.
 */
final class StateDict {

    private static final int MOST_LAYERS = 256;

    /** A layer that reads both ways, each with a projection, has ten. */
    private static final int MOST_TENSORS = 16 * MOST_LAYERS;

    private static final int LONGEST_WORDS = 100 * MOST_LAYERS;

    private static final String HOW =
            "; say which with --network or the file's metadata \"network\"";

    private final Path file;
    private final List<TensorGroup> groups;

    /**
     * @throws ModelFormatException if there are too many or too few for a network
     */
    StateDict(Path file, List<Tensor> tensors) throws ModelFormatException {
        this.file = file;
        if (tensors.size() > MOST_TENSORS) {
            throw new ModelFormatException(
                    file,
                    "tensors",
                    "there are %d; need at most %d".formatted(tensors.size(), MOST_TENSORS));
        }
        this.groups = TensorGroup.of(tensors);
        if (groups.isEmpty() || groups.size() > MOST_LAYERS) {
            throw new ModelFormatException(
                    file,
                    "tensors",
                    "they make %d layers; need 1 to %d".formatted(groups.size(), MOST_LAYERS));
        }
    }

    /**
     * The weights of a network that is told in words.
     *
     * @param inputs width of the input row; null to take it from the shapes
     */
    Weights weights(String words, @Nullable Integer inputs) throws ModelFormatException {
        List<Network> networks = new ArrayList<>();
        for (int width : inputs == null ? widths(words) : Set.of(inputs)) {
            networks.add(parsed(words, width));
        }
        for (Network network : networks) {
            List<TensorGroup> own = byOwnNames(network);
            if (own != null) {
                return inOrder(file, network, own);
            }
        }
        Map<Network, List<TensorGroup>> readings = new LinkedHashMap<>();
        Arrangements arrangements = new Arrangements(groups);
        for (Network network : networks) {
            Arrangements.Result result = find(arrangements, network);
            for (List<TensorGroup> reading : result.found()) {
                if (readings.put(network, reading) != null || readings.size() > 1) {
                    throw ambiguous(result);
                }
            }
            if (!result.whole()) {
                throw tooManyWays();
            }
        }
        for (Map.Entry<Network, List<TensorGroup>> reading : readings.entrySet()) {
            return inOrder(file, reading.getKey(), reading.getValue());
        }
        throw new ModelFormatException(
                file,
                "tensors",
                "they are no \"%s\"; there are %s".formatted(words, shown(groups)));
    }

    private Set<Integer> widths(String words) throws ModelFormatException {
        int any = InputWidths.ANY;
        return new InputWidths(parsed(words, any), parsed(words, any + 1)).fitting(groups);
    }

    /** The weights of the one network that names and shapes allow. */
    Weights inferred() throws ModelFormatException {
        IdentityHashMap<TensorGroup, LayerShape> shapes = new IdentityHashMap<>();
        for (TensorGroup group : groups) {
            shapes.put(group, LayerShape.of(file, group));
        }
        Arrangements.Result result =
                new Arrangements(groups)
                        .find(
                                groups.size(),
                                (index, group, below) ->
                                        below == null
                                                || shape(shapes, below).outputs()
                                                        == shape(shapes, group).inputs());
        if (result.found().size() > 1) {
            throw ambiguous(result);
        }
        if (!result.whole()) {
            throw tooManyWays();
        }
        if (result.found().isEmpty()) {
            throw new ModelFormatException(
                    file,
                    "tensors",
                    "no order makes each layer's outputs the next one's inputs: "
                            + shown(groups)
                            + HOW);
        }
        List<TensorGroup> order = result.found().get(0);
        refuseLostActivation(order, shapes);
        String words =
                order.stream().map(g -> shape(shapes, g).word()).collect(Collectors.joining(" "));
        return inOrder(file, parsed(words, shape(shapes, order.get(0)).inputs()), order);
    }

    /** By identity: a group's own hash would be that of all its floats. */
    private static LayerShape shape(
            IdentityHashMap<TensorGroup, LayerShape> shapes, TensorGroup group) {
        return Objects.requireNonNull(shapes.get(group), "every group has its shape");
    }

    /** Two linear layers in a row are one: there was something between them. */
    private void refuseLostActivation(
            List<TensorGroup> order, IdentityHashMap<TensorGroup, LayerShape> shapes)
            throws ModelFormatException {
        for (int i = 1; i < order.size(); i++) {
            if (shape(shapes, order.get(i)).isDense()
                    && shape(shapes, order.get(i - 1)).isDense()) {
                throw new ModelFormatException(
                        file,
                        "tensors",
                        "between %s and %s there was an activation, which the tensors do not tell%s"
                                .formatted(order.get(i - 1), order.get(i), HOW));
            }
        }
    }

    private Network parsed(String words, int inputs) throws ModelFormatException {
        if (words.length() > LONGEST_WORDS) {
            throw wrongNetwork(
                    "its text has %d characters; need at most %d"
                            .formatted(words.length(), LONGEST_WORDS));
        }
        try {
            Network network = Network.parse(words, inputs);
            int layers = network.layers().size();
            if (layers > MOST_LAYERS) {
                throw wrongNetwork(
                        "it has %d layers; need at most %d".formatted(layers, MOST_LAYERS));
            }
            return network;
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(file, "network", String.valueOf(e.getMessage()), e);
        }
    }

    private ModelFormatException wrongNetwork(String problem) {
        return new ModelFormatException(file, "network", problem);
    }

    /** The groups in the network's order, if they bear its own names. */
    private @Nullable List<TensorGroup> byOwnNames(Network network) {
        Map<String, TensorGroup> named = new LinkedHashMap<>();
        groups.forEach(group -> named.put(group.name() + "/" + group.level(), group));
        List<TensorGroup> order = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            List<Parameter> parameters = parameters(network, i);
            TensorGroup group = named.get(network.nameOf(i) + "/0");
            if (!parameters.isEmpty()) {
                if (group == null || !group.fits(parameters)) {
                    return null;
                }
                order.add(group);
            }
        }
        return order.size() == groups.size() ? order : null;
    }

    private static Arrangements.Result find(Arrangements arrangements, Network network) {
        List<List<Parameter>> layers = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            List<Parameter> parameters = parameters(network, i);
            if (!parameters.isEmpty()) {
                layers.add(parameters);
            }
        }
        return arrangements.find(
                layers.size(), (index, group, below) -> group.fits(layers.get(index)));
    }

    private static List<Parameter> parameters(Network network, int layer) {
        return network.layers()
                .get(layer)
                .parameters(network.nameOf(layer), network.inputsOf(layer));
    }

    /** Weights whose tensors are known layer by layer. */
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
                        "its weights are %s; need %s".formatted(group, parameters));
            }
            if (!parameters.isEmpty()) {
                order.add(group);
            }
        }
        return inOrder(file, network, order);
    }

    private static Weights inOrder(Path file, Network network, List<TensorGroup> order)
            throws ModelFormatException {
        float[] weights = new float[network.parameters().size()];
        int next = 0;
        for (int i = 0; i < network.layers().size(); i++) {
            List<Parameter> parameters = parameters(network, i);
            if (!parameters.isEmpty()) {
                int offset = network.parameters().offset(parameters.get(0).name());
                order.get(next++).copyTo(parameters, offset, weights);
            }
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

    private ModelFormatException tooManyWays() {
        return new ModelFormatException(
                file, "tensors", "there are too many ways to read them" + HOW);
    }

    private ModelFormatException ambiguous(Arrangements.Result result) {
        String readings =
                result.found().stream()
                        .map(StateDict::namesOf)
                        .collect(Collectors.joining(", or "));
        return new ModelFormatException(
                file, "tensors", "they can be read in more than one order: " + readings + HOW);
    }

    private static String namesOf(List<TensorGroup> order) {
        return order.stream()
                .map(g -> g.level() == 0 ? g.name() : g.name() + "_l" + g.level())
                .collect(Collectors.joining(" > "));
    }

    private static String shown(List<TensorGroup> groups) {
        return groups.stream().map(TensorGroup::toString).collect(Collectors.joining(", "));
    }
}
