package org.cellstream.jobs.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cellstream.model.ModelFormatException;

/** The layers of a Keras model as one chain, bottom first, whatever models they are nested in. */
final class KerasChain {

    private static final Set<String> MODELS = Set.of("Sequential", "Functional", "Model");
    private static final int DEEPEST = 16;

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
                LayerVariables variables = source.layer(name, layerKind, index);
                layers.add(
                        new KerasLayer(
                                file,
                                inside,
                                layerKind,
                                layer.path("config"),
                                variables == null
                                        ? new ListedVariables(file, "layer " + inside)
                                        : variables));
            }
        }
    }
}
