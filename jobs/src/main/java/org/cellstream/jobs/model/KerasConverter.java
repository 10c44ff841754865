package org.cellstream.jobs.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cellstream.model.ModelFile;
import org.cellstream.model.ModelFormatException;
import org.cellstream.model.Tensor;
import org.cellstream.nn.Network;

/** Makes a network of the layers of a Keras model, or says which option of which it cannot. */
final class KerasConverter {

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
    private final List<String> words = new ArrayList<>();
    private final List<Map<String, Tensor>> tensors = new ArrayList<>();
    private int inputs;

    KerasConverter(Path file) {
        this.file = file;
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
            case "Activation" -> activation(layer, layer.text("activation", "linear"));
            case "ReLU" -> {
                layer.need("negative_slope", "0.0", List.of("0.0", "0", "null"));
                layer.need("max_value", "null", List.of("null"));
                layer.need("threshold", "0.0", List.of("0.0", "0"));
                activation(layer, "relu");
            }
            case "Softmax" -> activation(layer, "softmax");
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
    private static KerasLayer everyStep(KerasLayer layer) {
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
        append(layer, word(layer), GateOrder.recurrent(isGru(layer), variables, ""), variables);
    }

    private static boolean isGru(KerasLayer layer) {
        return layer.kind().equals("GRU");
    }

    /** A recurrent layer in words; options that concern training alone are passed over. */
    private static String word(KerasLayer layer) throws ModelFormatException {
        layer.need("activation", "tanh", List.of("tanh"));
        layer.need("recurrent_activation", "sigmoid", List.of("sigmoid"));
        if (isGru(layer)) {
            // Keras before 2.3 knew no reset_after and did as if it were false.
            String reset = layer.flag("reset_after", false) ? "" : ", reset=before";
            return "gru(%d%s)".formatted(layer.size("units"), reset);
        }
        return "lstm(%d)".formatted(layer.size("units"));
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
        int count = one.flag("use_bias", true) ? 3 : 2;
        List<Tensor> first = layer.variables().take("forward_layer/cell", count, 0);
        List<Tensor> second = layer.variables().take("backward_layer/cell", count, 0);
        Map<String, Tensor> both = new HashMap<>();
        both.putAll(GateOrder.recurrent(isGru(one), first, ""));
        both.putAll(GateOrder.recurrent(isGru(one), second, "_reverse"));
        append(layer, "bidirectional(%s, merge=%s)".formatted(word, merged), both, first);
    }

    private void dense(KerasLayer layer) throws IOException {
        List<Tensor> variables =
                layer.variables().take("", layer.flag("use_bias", true) ? 2 : 1, 0);
        Map<String, Tensor> named = new HashMap<>();
        named.put("weight", GateOrder.transposed(variables.get(0)));
        if (variables.size() > 1) {
            named.put("bias", variables.get(1));
        }
        append(layer, "dense(%d)".formatted(layer.size("units")), named, variables);
        activation(layer, layer.text("activation", "linear"));
    }

    private void embedding(KerasLayer layer) throws IOException {
        layer.needFlag("mask_zero", false, false);
        List<Tensor> variables = layer.variables().take("", 1, 0);
        String word =
                "embedding(%d, %d)".formatted(layer.size("input_dim"), layer.size("output_dim"));
        if (!words.isEmpty()) {
            throw layer.refused("stands on another layer; need it at the bottom");
        }
        append(layer, word, Map.of("weight", variables.get(0)), variables);
        // One column, which holds the index.
        inputs = 1;
    }

    private void layerNormalization(KerasLayer layer) throws IOException {
        layer.needFlag("scale", true, true);
        layer.needFlag("center", true, true);
        layer.need("axis", "-1", List.of("-1", "", "2"));
        List<Tensor> variables = layer.variables().take("", 2, 0);
        append(
                layer,
                "layernorm(eps=%s)".formatted(layer.number("epsilon", KERAS_EPSILON)),
                Map.of("weight", variables.get(0), "bias", variables.get(1)),
                variables);
    }

    /** An activation is part of the dense layer that it stands on. */
    private void activation(KerasLayer layer, String keras) throws ModelFormatException {
        String name =
                switch (keras) {
                    case "linear" -> "";
                    case "leaky_relu" -> "leaky_relu(0.2)"; // Keras' slope, not PyTorch's
                    case "silu" -> "swish";
                    // Keras 2 and Keras 3 mean two functions by it.
                    case "hard_sigmoid" -> throw layer.refused("activation", keras);
                    default -> keras;
                };
        if (name.isEmpty()) {
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

    private void append(
            KerasLayer layer, String word, Map<String, Tensor> weights, List<Tensor> variables)
            throws ModelFormatException {
        check(layer, "kind", word);
        if (words.isEmpty()) {
            inputs = variables.get(0).dimension(0);
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
