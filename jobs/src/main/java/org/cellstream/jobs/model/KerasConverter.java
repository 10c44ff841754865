package org.cellstream.jobs.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cellstream.model.ModelFile;
import org.cellstream.model.ModelFormatException;
import org.cellstream.model.Tensor;
import org.cellstream.nn.Network;

/** Makes a network of the layers of a Keras model, or says which option of which it cannot. */
final class KerasConverter {

    private static final Set<String> RECURRENT =
            Set.of("LSTM", "GRU", "SimpleRNN", "Bidirectional", "RNN", "ConvLSTM1D", "ConvLSTM2D");

    private static final List<String> TRAINING_ONLY =
            List.of(
                    "Dropout",
                    "SpatialDropout1D",
                    "GaussianDropout",
                    "AlphaDropout",
                    "GaussianNoise",
                    "ActivityRegularization");

    private static final double KERAS_EPSILON = 1e-3;

    private final Path file;
    private final KerasFunctions functions;
    private final List<String> words = new ArrayList<>();
    private final List<Map<String, Tensor>> tensors = new ArrayList<>();
    private int inputs;

    /**
     * @param version of the Keras that wrote the file; empty if it does not say
     */
    KerasConverter(Path file, String version) {
        this.file = file;
        this.functions = new KerasFunctions(version);
    }

    ModelFile convert(List<KerasLayer> layers) throws IOException {
        for (KerasLayer layer : layers) {
            add(layer);
        }
        if (words.isEmpty()) {
            throw new ModelFormatException(file, "model", "has no layers that compute something");
        }
        return ModelFile.of(file, parsed(), tensors);
    }

    private Network parsed() throws ModelFormatException {
        try {
            return Network.parse(String.join(" ", words), inputs);
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(file, "model", String.valueOf(e.getMessage()), e);
        }
    }

    private void add(KerasLayer layer) throws IOException {
        switch (layer.kind()) {
            case "InputLayer" -> {
                return;
            }
            case "LSTM", "GRU" -> recurrent(layer);
            case "Bidirectional" -> bidirectional(layer);
            case "Dense" -> dense(layer);
            case "Embedding" -> embedding(layer);
            case "LayerNormalization" -> layerNormalization(layer);
            case "LeakyReLU" -> {
                double slope = layer.number("negative_slope", layer.number("alpha", 0.3));
                activation(layer, "leaky_relu(" + slope + ")");
            }
            case "Activation" -> activation(layer, functions.word(layer, "activation", "linear"));
            case "ReLU" -> {
                layer.need("negative_slope", "0.0", List.of("0.0", "0", "null"));
                layer.need("max_value", "null", List.of("null"));
                layer.need("threshold", "0.0", List.of("0.0", "0"));
                activation(layer, "relu");
            }
            case "Softmax" -> {
                layer.needLastAxis();
                activation(layer, "softmax");
            }
            case "BatchNormalization" -> batchNormalization(layer);
            case "TimeDistributed" -> add(everyStep(layer));
            default -> {
                if (!TRAINING_ONLY.contains(layer.kind())) {
                    throw layer.refused("cannot be carried over; there is no such layer here");
                }
            }
        }
    }

    private void batchNormalization(KerasLayer layer) throws IOException {
        if (tensors.isEmpty()) {
            throw layer.refused("stands on no dense layer, into which it could be folded");
        }
        new BatchNormalization(layer)
                .foldInto(words.get(words.size() - 1), tensors.get(tensors.size() - 1));
    }

    /** The layer in a TimeDistributed; every layer here is one of every time step. */
    private static KerasLayer everyStep(KerasLayer layer) throws ModelFormatException {
        String kind = layer.config().path("layer").path("class_name").asText("");
        if (RECURRENT.contains(kind)) {
            throw layer.refused(
                    "layer",
                    kind
                            + ", which would start anew at every time step; need"
                            + " a layer of one time step, as Dense");
        }
        LayerVariables inner =
                (part, trained, others) ->
                        layer.variables()
                                .take(part.isEmpty() ? "layer" : "layer/" + part, trained, others);
        return layer.wrapped(layer.config().path("layer"), inner);
    }

    private void recurrent(KerasLayer layer) throws IOException {
        layer.needFlag("go_backwards", false, false);
        layer.needFlag("return_state", false, false);
        List<Tensor> variables =
                layer.variables().take("cell", layer.flag("use_bias", true) ? 3 : 2, 0);
        Map<String, Tensor> named = GateOrder.recurrent(isGru(layer), variables, "");
        append(layer, word(layer), named, inputs(named));
    }

    /** The width of the input row, over which a recurrent layer's first weights are. */
    private static int inputs(Map<String, Tensor> recurrent) {
        Tensor first = recurrent.get("weight_ih_l0");
        return first == null ? 0 : first.dimension(1);
    }

    private static boolean isGru(KerasLayer layer) {
        return layer.kind().equals("GRU");
    }

    /** A recurrent layer in words; options that concern training alone are passed over. */
    private String word(KerasLayer layer) throws ModelFormatException {
        String activation = functions.word(layer, "activation", "tanh");
        String recurrent = functions.word(layer, "recurrent_activation", "sigmoid");
        // Keras before 2.3 knew no reset_after and did as if it were false.
        boolean isBefore = isGru(layer) && !layer.flag("reset_after", false);
        String word = isGru(layer) ? "gru(" : "lstm(";
        word += layer.size("units") + (isBefore ? ", reset=before" : "");
        check(layer, "activation", word + ", activation=" + activation + ")");
        word += ", activation=" + activation + ", recurrent-activation=" + recurrent + ")";
        check(layer, "recurrent_activation", word);
        return word;
    }

    private static String merged(KerasLayer layer) throws ModelFormatException {
        String merge = layer.text("merge_mode", "concat");
        return switch (merge) {
            case "concat" -> "concat";
            case "sum" -> "sum";
            case "ave" -> "average";
            case "mul" -> "multiply";
            default -> throw layer.refused("merge_mode", merge + "; need concat, sum, ave or mul");
        };
    }

    private void bidirectional(KerasLayer layer) throws IOException {
        JsonNode forward = layer.config().path("layer");
        JsonNode backward = layer.config().path("backward_layer");
        String merged = merged(layer);
        KerasLayer one = layer.wrapped(forward, layer.variables());
        if (!one.kind().equals("LSTM") && !one.kind().equals("GRU")) {
            throw one.refused("cannot be carried over; need an LSTM or a GRU in it");
        }
        one.needFlag("go_backwards", false, false);
        one.needFlag("return_state", false, false);
        if (!one.flag("return_sequences", true)) {
            throw one.refused(
                    "return_sequences",
                    "false; need true, since the two directions end at different time steps");
        }
        String word = word(one);
        if (backward.isObject()) {
            KerasLayer other = layer.wrapped(backward, layer.variables());
            if (!word(other).equals(word)
                    || !other.flag("go_backwards", true)
                    || other.flag("use_bias", true) != one.flag("use_bias", true)) {
                throw other.refused("differs from the forward layer; need the same, backwards");
            }
        }
        Map<String, Tensor> both =
                GateOrder.bidirectional(isGru(one), layer.variables(), one.flag("use_bias", true));
        append(layer, "bidirectional(%s, merge=%s)".formatted(word, merged), both, inputs(both));
    }

    private void dense(KerasLayer layer) throws IOException {
        List<Tensor> variables =
                layer.variables().take("", layer.flag("use_bias", true) ? 2 : 1, 0);
        String word = "dense(%d)".formatted(layer.size("units"));
        append(layer, word, GateOrder.dense(variables), variables.get(0).dimension(0));
        activation(layer, functions.word(layer, "activation", "linear"));
    }

    private void embedding(KerasLayer layer) throws IOException {
        layer.needFlag("mask_zero", false, false);
        List<Tensor> variables = layer.variables().take("", 1, 0);
        String word =
                "embedding(%d, %d)".formatted(layer.size("input_dim"), layer.size("output_dim"));
        if (!words.isEmpty()) {
            throw layer.refused("stands on another layer; need it at the bottom");
        }
        // One column, which holds the index.
        append(layer, word, Map.of("weight", variables.get(0)), 1);
    }

    private void layerNormalization(KerasLayer layer) throws IOException {
        layer.needFlag("scale", true, true);
        layer.needFlag("center", true, true);
        layer.needLastAxis();
        List<Tensor> variables = layer.variables().take("", 2, 0);
        append(
                layer,
                "layernorm(eps=%s)".formatted(layer.number("epsilon", KERAS_EPSILON)),
                Map.of("weight", variables.get(0), "bias", variables.get(1)),
                variables.get(0).dimension(0));
    }

    /** An activation is part of the dense layer that it stands on. */
    private void activation(KerasLayer layer, String name) throws ModelFormatException {
        if (name.equals("linear")) {
            return;
        }
        String below = words.isEmpty() ? "" : words.get(words.size() - 1);
        if (!below.matches("dense\\(\\d+\\)")) {
            throw layer.refused(
                    "activation", name + "; need it on a dense layer without one of its own");
        }
        String word = below.substring(0, below.length() - 1) + ", " + name + ")";
        check(layer, "activation", word);
        words.set(words.size() - 1, word);
    }

    /**
     * Adds a layer.
     *
     * @param width of its input row, as its weights tell
     */
    private void append(KerasLayer layer, String word, Map<String, Tensor> weights, int width)
            throws ModelFormatException {
        check(layer, "kind", word);
        if (words.isEmpty()) {
            inputs = width;
        }
        words.add(word);
        tensors.add(weights);
    }

    /** Whether there is such a layer here; the message names Keras' layer and option if not. */
    private static void check(KerasLayer layer, String option, String word)
            throws ModelFormatException {
        try {
            Network.parse(word, 1);
        } catch (IllegalArgumentException e) {
            throw layer.refused(option, "not known here: " + e.getMessage());
        }
    }
}
