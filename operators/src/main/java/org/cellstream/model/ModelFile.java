package org.cellstream.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cellstream.nn.Network;
import org.cellstream.nn.Parameter;
import org.cellstream.nn.Weights;
import org.jspecify.annotations.Nullable;

/**
 * A network with its weights, as a safetensors file holds them under PyTorch's names.
 *
 * @param metadata texts of the file by name; {@value #NETWORK} and {@value #INPUTS} follow from the
 *     weights and are not among them
 * @param reading how the file's tensors became layers
 */
public record ModelFile(Weights weights, Map<String, String> metadata, Reading reading) {

    /** Metadata with the network's words. */
    public static final String NETWORK = "network";

    /** Metadata with the width of the input row. */
    public static final String INPUTS = "inputs";

    public ModelFile {
        Map<String, String> others = new TreeMap<>(metadata);
        others.remove(NETWORK);
        others.remove(INPUTS);
        metadata = Map.copyOf(others);
    }

    /** Of weights whose layers nobody had to guess. */
    public ModelFile(Weights weights, Map<String, String> metadata) {
        this(weights, metadata, Reading.TOLD);
    }

    public Network network() {
        return weights.network();
    }

    /**
     * Reads a file of this project or a PyTorch state dict.
     *
     * @param network the network's words, as the file's user says them; null to take them from the
     *     metadata, or else from names and shapes
     * @throws ModelFormatException if the file is broken, is of another network, or could be of
     *     more than one
     */
    public static ModelFile read(Path file, @Nullable String network) throws IOException {
        Safetensors content = Safetensors.read(file);
        StateDict state = new StateDict(file, content.tensors());
        String own = content.metadata().get(NETWORK);
        // Other tools may mean something else by it.
        if (network != null && (own == null || !state.reads(own))) {
            return of(content, state.weights(told(file, content, network, "--network")));
        }
        ReadWeights read =
                own == null
                        ? state.inferred()
                        : state.weights(told(file, content, own, "metadata \"network\""));
        checkInputs(file, content, read.weights().network());
        ModelFile model = of(content, read);
        return network == null ? model : model.as(network, file);
    }

    private static ModelFile of(Safetensors content, ReadWeights read) {
        return new ModelFile(read.weights(), content.metadata(), read.reading());
    }

    /** Words with the width that the metadata has. */
    private static ToldNetwork told(Path file, Safetensors content, String words, String place)
            throws ModelFormatException {
        return new ToldNetwork(words, place, inputs(file, content), "metadata \"inputs\" says");
    }

    private static void checkInputs(Path file, Safetensors content, Network network)
            throws ModelFormatException {
        Integer inputs = inputs(file, content);
        if (inputs != null && inputs != network.inputs()) {
            throw new ModelFormatException(
                    file,
                    "tensors",
                    "they are of %s; metadata \"inputs\" says %d".formatted(network, inputs));
        }
    }

    /**
     * This model with the network that its user says it has. What the two drop while training may
     * differ.
     *
     * @param file where it comes from, for messages
     * @throws ModelFormatException if the words are none of a network, or of another one; the
     *     message has both
     */
    public ModelFile as(String words, Path file) throws ModelFormatException {
        Network said;
        try {
            said = Network.parse(words, network().inputs());
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(file, "--network", String.valueOf(e.getMessage()), e);
        }
        if (!isSame(said, network())) {
            throw new ModelFormatException(
                    file,
                    "network",
                    "it holds \"%s\"; --network says \"%s\""
                            .formatted(network().text(), said.text()));
        }
        return new ModelFile(new Weights(said, weights.values()), metadata, reading);
    }

    private static boolean isSame(Network one, Network other) {
        return one.withoutDropout().equals(other.withoutDropout());
    }

    /**
     * Reads the weights of a network that is known, whether the file tells it or not. What the two
     * drop while training may differ.
     *
     * @throws ModelFormatException if the file is broken or of another network; the message has
     *     both
     */
    public static Weights weightsFor(Network network, Path file) throws IOException {
        Safetensors content = Safetensors.read(file);
        String own = content.metadata().get(NETWORK);
        StateDict state = new StateDict(file, content.tensors());
        ToldNetwork told =
                own == null
                        ? new ToldNetwork(
                                network.text(), "network", network.inputs(), "the job has")
                        : told(file, content, own, "metadata \"network\"");
        Weights weights = state.weights(told).weights();
        if (!isSame(weights.network(), network)) {
            throw new ModelFormatException(
                    file, "network", "it holds %s; need %s".formatted(weights.network(), network));
        }
        return new Weights(network, weights.values());
    }

    /**
     * A model from another format.
     *
     * @param file where it comes from, for messages
     * @param network its words
     * @param tensors of its layers, bottom first: one map of tensors by PyTorch's endings for each
     *     layer, empty for one without parameters
     * @throws ModelFormatException if a tensor is missing, has another shape, or is too many
     */
    public static ModelFile of(Path file, Network network, List<Map<String, Tensor>> tensors)
            throws ModelFormatException {
        return new ModelFile(Filling.filled(file, network, tensors), Map.of());
    }

    private static @Nullable Integer inputs(Path file, Safetensors content)
            throws ModelFormatException {
        String text = content.metadata().get(INPUTS);
        if (text == null) {
            return null;
        }
        if (!text.matches("[1-9]\\d{0,5}")) {
            throw new ModelFormatException(
                    file,
                    "metadata \"" + INPUTS + "\"",
                    "is \"%s\"; need a whole number of 1 to 999999".formatted(text));
        }
        return Integer.valueOf(text);
    }

    /**
     * Writes the file, so that {@code load_state_dict} of a PyTorch module with the layers as
     * attributes {@code lstm}, {@code lstm_1}, {@code dense} takes it: where a layer has one bias
     * and PyTorch two, the second is 0.
     */
    public void write(Path file) throws IOException {
        Map<String, String> all = new TreeMap<>(metadata);
        all.put(NETWORK, network().text());
        all.put(INPUTS, Integer.toString(network().inputs()));
        new Safetensors(all, tensors()).write(file);
    }

    private List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>();
        int at = 0;
        for (List<Parameter> parameters : Filling.parameters(network())) {
            for (Parameter parameter : parameters) {
                float[] values = new float[parameter.size()];
                System.arraycopy(weights.values(), at, values, 0, values.length);
                at += values.length;
                String ending = TensorGroup.ending(parameter);
                List<Integer> shape = Filling.shape(parameter);
                tensors.add(new Tensor(parameter.name(), shape, values));
                if (TensorGroup.sums(parameters, ending)) {
                    String second = TensorGroup.secondBias(parameter.name());
                    tensors.add(new Tensor(second, shape, new float[values.length]));
                }
            }
        }
        return tensors;
    }
}
