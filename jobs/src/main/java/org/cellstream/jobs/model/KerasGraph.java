package org.cellstream.jobs.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cellstream.model.ModelFormatException;

/** The edges of a functional Keras model, as Keras 2 and as Keras 3 writes them. */
final class KerasGraph {

    private KerasGraph() {}

    /**
     * Checks that each layer takes the one before it, and nothing else.
     *
     * @param layers as they are written, which is an order in which they can be computed
     */
    static void checkChain(Path file, String model, List<JsonNode> layers)
            throws ModelFormatException {
        for (int i = 0; i < layers.size(); i++) {
            JsonNode layer = layers.get(i);
            String kind = layer.path("class_name").asText();
            String name = layer.path("config").path("name").asText();
            List<String> from = new ArrayList<>();
            collect(layer.path("inbound_nodes"), from);
            boolean fits =
                    kind.equals("InputLayer")
                            ? i == 0 && from.isEmpty()
                            : i > 0 && from.equals(List.of(nameOf(layers.get(i - 1))));
            if (!fits) {
                throw new ModelFormatException(
                        file,
                        "layer %s/%s (%s)".formatted(model, name, kind),
                        "inbound_nodes are %s; need one chain, each layer on the one before it"
                                .formatted(from));
            }
        }
    }

    /** Checks that a model's one output is that of its last layer. */
    static void checkOutput(Path file, String model, JsonNode outputs, List<JsonNode> layers)
            throws ModelFormatException {
        List<String> names = new ArrayList<>();
        collect(outputs, names);
        String last = layers.isEmpty() ? "" : nameOf(layers.get(layers.size() - 1));
        if (!names.isEmpty() && !names.equals(List.of(last))) {
            throw new ModelFormatException(
                    file,
                    "model " + model,
                    "output_layers are %s; need one, the last layer %s".formatted(names, last));
        }
    }

    private static String nameOf(JsonNode layer) {
        return layer.path("config").path("name").asText();
    }

    /** Names in {@code ["lstm", 0, 0, ...]}, which Keras 3 keeps in keras_history. */
    private static void collect(JsonNode node, List<String> names) {
        if (node.isArray() && node.size() >= 3 && node.get(0).isTextual() && node.get(1).isInt()) {
            names.add(node.get(0).asText());
            // What follows the three are further arguments, which may name layers too.
            for (int i = 3; i < node.size(); i++) {
                collect(node.get(i), names);
            }
            return;
        }
        node.forEach(child -> collect(child, names));
    }
}
