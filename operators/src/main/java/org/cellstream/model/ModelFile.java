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
 * @param inferred whether the network was not told, but follows from names and shapes
 */
public record ModelFile(Weights weights, Map<String, String> metadata, boolean inferred) {

    /** Metadata with the network's words. */
    public static final String NETWORK = "network";

    /** Metadata with the width of the input row. */
    public static final String INPUTS = "inputs";

    private static final int MOST_DIGITS = 9;

    public ModelFile {
        Map<String, String> others = new TreeMap<>(metadata);
        others.remove(NETWORK);
        others.remove(INPUTS);
        metadata = Map.copyOf(others);
    }

    public Network network() {
        return weights.network();
    }

    /**
     * Reads a file of this project or a PyTorch state dict.
     *
     * @param network the network's words; null to take them from the metadata, or else from names
     *     and shapes
     * @throws ModelFormatException if the file is broken, is of another network, or could be of
     *     more than one
     */
    public static ModelFile read(Path file, @Nullable String network) throws IOException {
        Safetensors content = Safetensors.read(file);
        String words = network != null ? network : content.metadata().get(NETWORK);
        StateDict state = new StateDict(file, content.tensors());
        Weights weights =
                words == null
                        ? state.inferred()
                        : state.weights(words, inputs(file, content.metadata().get(INPUTS)));
        return new ModelFile(weights, content.metadata(), words == null);
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
        String words = content.metadata().get(NETWORK);
        StateDict state = new StateDict(file, content.tensors());
        Integer inputs = inputs(file, content.metadata().get(INPUTS));
        Weights weights =
                words == null
                        ? state.weights(network.text(), network.inputs())
                        : state.weights(words, inputs);
        if (!weights.network().withoutDropout().equals(network.withoutDropout())) {
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
        return new ModelFile(StateDict.filled(file, network, tensors), Map.of(), false);
    }

    private static @Nullable Integer inputs(Path file, @Nullable String text)
            throws ModelFormatException {
        if (text == null) {
            return null;
        }
        if (!text.matches("\\d{1," + MOST_DIGITS + "}")) {
            throw new ModelFormatException(
                    file,
                    "metadata \"" + INPUTS + "\"",
                    "is \"%s\"; need a number of at most %d digits".formatted(text, MOST_DIGITS));
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
        for (int i = 0; i < network().layers().size(); i++) {
            List<Parameter> parameters =
                    network()
                            .layers()
                            .get(i)
                            .parameters(network().nameOf(i), network().inputsOf(i));
            for (Parameter parameter : parameters) {
                float[] values = new float[parameter.size()];
                System.arraycopy(weights.values(), at, values, 0, values.length);
                at += values.length;
                String ending = TensorGroup.ending(parameter);
                List<Integer> shape =
                        isVector(parameter)
                                ? List.of(parameter.rows())
                                : List.of(parameter.rows(), parameter.columns());
                tensors.add(new Tensor(parameter.name(), shape, values));
                if (TensorGroup.sums(parameters, ending)) {
                    String second = TensorGroup.secondBias(parameter.name());
                    tensors.add(new Tensor(second, shape, new float[values.length]));
                }
            }
        }
        return tensors;
    }

    /** What PyTorch has as a vector; a matrix of one column is one there, too. */
    private static boolean isVector(Parameter parameter) {
        return TensorGroup.ending(parameter).startsWith("bias")
                || parameter.name().startsWith("layernorm");
    }
}
