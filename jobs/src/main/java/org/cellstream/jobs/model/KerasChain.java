package org.cellstream.jobs.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cellstream.model.ModelFormatException;
import org.jspecify.annotations.Nullable;

/** The layers of a Keras model as one chain, bottom first, whatever models they are nested in. */
final class KerasChain {

    private static final Set<String> MODELS = Set.of("Sequential", "Functional", "Model");
    private static final Set<String> WITHOUT_WEIGHTS =
            Set.of("InputLayer", "Dropout", "Activation", "ReLU", "LeakyReLU", "Softmax");
    private static final int DEEPEST = 16;
    private static final int MOST_LAYERS = 1000;

    private final Path file;
    private final List<KerasLayer> layers = new ArrayList<>();

    private KerasChain(Path file) {
        this.file = file;
    }

    static List<KerasLayer> of(Path file, JsonNode model, KerasSource source)
            throws ModelFormatException {
        KerasChain chain = new KerasChain(file);
        String name = model.path("config").path("name").asText("model");
        chain.addModel(name, model, source, 0);
        return chain.layers;
    }

    private LayerVariables missing(String place) {
        return (part, trained, others) -> {
            throw new ModelFormatException(file, place, "has no weights in the file");
        };
    }

    /** Variables of frozen layers are listed behind all others, so that their order is lost. */
    private void checkOrder(String path, List<JsonNode> inner) throws ModelFormatException {
        Set<Boolean> trainable = new HashSet<>();
        for (JsonNode layer : inner) {
            JsonNode flag = layer.path("config").path("trainable");
            if (!WITHOUT_WEIGHTS.contains(layer.path("class_name").asText())) {
                trainable.add(flag.asBoolean(true));
            }
        }
        if (trainable.size() > 1) {
            throw new ModelFormatException(
                    file,
                    "model " + path,
                    "trainable is true in some of its layers and false in others, and this kind of"
                            + " file does not tell their weights apart; need all true, or a .keras"
                            + " file");
        }
    }

    private void addModel(String path, JsonNode model, KerasSource source, int depth)
            throws ModelFormatException {
        String kind = model.path("class_name").asText("?");
        if (!MODELS.contains(kind) || depth > DEEPEST) {
            throw new ModelFormatException(
                    file,
                    "model %s (%s)".formatted(path, kind),
                    depth > DEEPEST
                            ? "is nested in more than %d others".formatted(DEEPEST)
                            : "is no model that is known here; need Sequential or Functional");
        }
        List<JsonNode> inner = new ArrayList<>();
        JsonNode config = model.path("config");
        // Sequential of Keras before 2.2.3 had the list of layers itself for its config.
        (config.isArray() ? config : config.path("layers")).forEach(inner::add);
        if (!kind.equals("Sequential")) {
            KerasGraph.checkChain(file, path, inner);
            KerasGraph.checkOutput(file, path, config.path("output_layers"), inner);
        }
        if (!source.tellsLayers()) {
            checkOrder(path, inner);
        }
        Map<String, Integer> seen = new HashMap<>();
        for (JsonNode layer : inner) {
            String layerKind = layer.path("class_name").asText("?");
            String name = layer.path("config").path("name").asText(layerKind);
            int index = seen.merge(layerKind, 1, Integer::sum) - 1;
            String inside = path + "/" + name;
            if (MODELS.contains(layerKind)) {
                addModel(inside, layer, source.model(name, layerKind, index), depth + 1);
            } else {
                addLayer(inside, layer, source.layer(name, layerKind, index));
            }
        }
    }

    private void addLayer(String path, JsonNode layer, @Nullable LayerVariables variables)
            throws ModelFormatException {
        if (layers.size() >= MOST_LAYERS) {
            throw new ModelFormatException(
                    file, "layer " + path, "need at most %d layers".formatted(MOST_LAYERS));
        }
        layers.add(
                new KerasLayer(
                        file,
                        path,
                        layer.path("class_name").asText("?"),
                        layer.path("config"),
                        variables == null ? missing("layer " + path) : variables));
    }
}
