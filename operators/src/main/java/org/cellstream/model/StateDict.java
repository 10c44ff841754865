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
            "; say the network with --network or the file's metadata \"network\"";

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
        if (groups.isEmpty()) {
            throw new ModelFormatException(
                    file, "tensors", "there are none; need those of a network");
        }
        if (groups.size() > MOST_LAYERS) {
            throw new ModelFormatException(
                    file,
                    "tensors",
                    "they make %d layers; need at most %d".formatted(groups.size(), MOST_LAYERS));
        }
    }

    /**
     * The weights of a network that is told. Between modules that fit each other's places their
     * order in the file decides, and the reading says so.
     *
     * @throws ModelFormatException if the tensors are not its weights
     */
    ReadWeights weights(ToldNetwork told) throws ModelFormatException {
        Integer inputs = told.inputs();
        ReadWeights found = find(told, inputs == null ? widths(told) : Set.of(inputs));
        if (found != null) {
            return found;
        }
        ReadWeights wider = inputs == null ? null : find(told, widths(told));
        if (wider != null) {
            throw new ModelFormatException(
                    file,
                    "tensors",
                    "they are of %s; %s %d"
                            .formatted(wider.weights().network(), told.source(), inputs));
        }
        throw new ModelFormatException(
                file,
                "tensors",
                "they do not fit \"%s\", which needs %s; there are %s"
                        .formatted(told.words(), fitted(told).needed(), shown(groups)));
    }

    private @Nullable ReadWeights find(ToldNetwork told, Set<Integer> widths)
            throws ModelFormatException {
        List<Network> networks = new ArrayList<>();
        for (int width : widths) {
            networks.add(parsed(told, width));
        }
        for (Network network : networks) {
            List<TensorGroup> own = byOwnNames(network);
            if (own != null) {
                return new ReadWeights(Filling.inOrder(file, network, own), Reading.TOLD);
            }
        }
        Network fitting = null;
        Arrangements.Result fit = null;
        Arrangements arrangements = new Arrangements(groups);
        for (Network network : networks) {
            Arrangements.Result result = find(arrangements, network);
            if (result.found().isEmpty() && !result.whole()) {
                throw tooManyWays("; need modules with the names of the layers, as export writes");
            }
            if (!result.found().isEmpty() && fitting != null) {
                throw new ModelFormatException(
                        file,
                        "tensors",
                        "they fit %s, and %s; say which with the metadata \"inputs\""
                                .formatted(fitting, network));
            }
            if (!result.found().isEmpty()) {
                fitting = network;
                fit = result;
            }
        }
        return fitting == null || fit == null ? null : read(fitting, fit, false);
    }

    private ReadWeights read(Network network, Arrangements.Result result, boolean isInferred)
            throws ModelFormatException {
        List<TensorGroup> order = result.found().get(0);
        List<String> modules = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < network.layers().size(); i++) {
            if (!Filling.parameters(network, i).isEmpty()) {
                String module = nameOf(order.get(next++));
                modules.add(
                        (module.isEmpty() ? "(without a name)" : module)
                                + " is "
                                + network.nameOf(i));
            }
        }
        boolean byOrder = result.found().size() > 1 || !result.whole();
        return new ReadWeights(
                Filling.inOrder(file, network, order), new Reading(isInferred, modules, byOrder));
    }

    private Set<Integer> widths(ToldNetwork told) throws ModelFormatException {
        return fitted(told).fitting(groups);
    }

    private InputWidths fitted(ToldNetwork told) throws ModelFormatException {
        int any = InputWidths.ANY;
        return new InputWidths(parsed(told, any), parsed(told, any + 1));
    }

    /** Whether these are words of a network at all. */
    boolean reads(String words) {
        try {
            parsed(new ToldNetwork(words, "", null, ""), InputWidths.ANY);
            return true;
        } catch (ModelFormatException e) {
            return false;
        }
    }

    /** The weights of the one network that names and shapes allow. */
    ReadWeights inferred() throws ModelFormatException {
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
            throw ambiguous(result, words(result.found().get(0), shapes));
        }
        if (!result.whole()) {
            throw tooManyWays(HOW);
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
        ToldNetwork network = new ToldNetwork(words(order, shapes), "tensors", null, "");
        return read(parsed(network, shape(shapes, order.get(0)).inputs()), result, true);
    }

    private static String words(
            List<TensorGroup> order, IdentityHashMap<TensorGroup, LayerShape> shapes) {
        return order.stream().map(g -> shape(shapes, g).word()).collect(Collectors.joining(" "));
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

    private Network parsed(ToldNetwork told, int inputs) throws ModelFormatException {
        int length = told.words().length();
        if (length > LONGEST_WORDS) {
            throw new ModelFormatException(
                    file,
                    told.place(),
                    "its text has %d characters; need at most %d".formatted(length, LONGEST_WORDS));
        }
        try {
            Network network = Network.parse(told.words(), inputs);
            int layers = network.layers().size();
            if (layers > MOST_LAYERS) {
                throw new ModelFormatException(
                        file,
                        told.place(),
                        "it has %d layers; need at most %d".formatted(layers, MOST_LAYERS));
            }
            return network;
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(file, told.place(), String.valueOf(e.getMessage()), e);
        }
    }

    /** The groups in the network's order, if they bear its own names. */
    private @Nullable List<TensorGroup> byOwnNames(Network network) {
        Map<String, TensorGroup> named = new LinkedHashMap<>();
        groups.forEach(group -> named.put(group.name() + "/" + group.level(), group));
        List<TensorGroup> order = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            List<Parameter> parameters = Filling.parameters(network, i);
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
        List<List<Parameter>> layers = Filling.parameters(network);
        return arrangements.find(
                layers.size(), (index, group, below) -> group.fits(layers.get(index)));
    }

    private ModelFormatException tooManyWays(String how) {
        return new ModelFormatException(
                file, "tensors", "there are too many ways to read them" + how);
    }

    private ModelFormatException ambiguous(Arrangements.Result result, String words) {
        String readings =
                result.found().stream()
                        .map(StateDict::namesOf)
                        .collect(Collectors.joining(", or "));
        return new ModelFormatException(
                file,
                "tensors",
                "they can be read in more than one order: %s; with --network \"%s\", or the same in the metadata \"network\", the order in the file decides: %s"
                        .formatted(readings, words, namesOf(result.found().get(0))));
    }

    private static String namesOf(List<TensorGroup> order) {
        return order.stream().map(StateDict::nameOf).collect(Collectors.joining(" > "));
    }

    private static String nameOf(TensorGroup group) {
        return group.level() == 0 ? group.name() : group.name() + "_l" + group.level();
    }

    private static String shown(List<TensorGroup> groups) {
        return groups.stream().map(TensorGroup::toString).collect(Collectors.joining(", "));
    }
}
