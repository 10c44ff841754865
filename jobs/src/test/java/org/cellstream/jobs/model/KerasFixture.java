package org.cellstream.jobs.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes Keras files after the layout that Keras documents: layers, their options, variables. */
final class KerasFixture {

    static final ObjectMapper JSON = new ObjectMapper();

    private final Random random = new Random(5);
    private final ArrayNode layers = JSON.createArrayNode();
    private final Map<String, List<Object>> variables = new LinkedHashMap<>();
    private final Map<String, String> groups = new LinkedHashMap<>();
    private String modelClass = "Sequential";
    private String version = "3.8.0";

    /** A layer of the outermost model. */
    KerasFixture layer(String kind, String name, Consumer<ObjectNode> config, Object... weights) {
        ObjectNode layer = layers.addObject().put("class_name", kind);
        config.accept(layer.putObject("config").put("name", name));
        // The library that writes the file makes no groups without members.
        if (weights.length > 0) {
            variables.put(name, List.of(weights));
        }
        groups.put(name, kind);
        return this;
    }

    /** The Keras that is said to have written the file. */
    KerasFixture version(String keras) {
        version = keras;
        return this;
    }

    private String metadata() {
        return JSON.createObjectNode().put("keras_version", version).toString();
    }

    KerasFixture functional() {
        modelClass = "Functional";
        return this;
    }

    /** Puts every layer on the one before it, as Keras 2 or Keras 3 writes that. */
    void chain(boolean isKeras3) {
        for (int i = 0; i < layers.size(); i++) {
            ArrayNode inbound = ((ObjectNode) layers.get(i)).putArray("inbound_nodes");
            if (i > 0) {
                String before = layers.get(i - 1).path("config").path("name").asText();
                ArrayNode one =
                        isKeras3
                                ? inbound.addObject()
                                        .put("name", "node")
                                        .putArray("args")
                                        .addObject()
                                        .put("class_name", "__keras_tensor__")
                                        .putObject("config")
                                        .putArray("keras_history")
                                : inbound.addArray().addArray();
                one.add(before).add(0).add(0);
            }
        }
    }

    ArrayNode layers() {
        return layers;
    }

    float[][] matrix(int rows, int columns) {
        float[][] matrix = new float[rows][];
        for (int r = 0; r < rows; r++) {
            matrix[r] = vector(columns);
        }
        return matrix;
    }

    float[] vector(int size) {
        float[] vector = new float[size];
        for (int i = 0; i < size; i++) {
            vector[i] = random.nextFloat() - 0.5f;
        }
        return vector;
    }

    private String config() {
        ObjectNode model = JSON.createObjectNode().put("class_name", modelClass);
        model.putObject("config").put("name", "net").set("layers", layers);
        return model.toString();
    }

    /** An {@code .h5} as Keras 2 writes it; without a description it holds weights alone. */
    Path h5(Path file, boolean described) {
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            WritableGroup weights = hdf;
            if (described) {
                hdf.putAttribute("model_config", config());
                hdf.putAttribute("keras_version", version);
                weights = hdf.putGroup("model_weights");
            }
            weights.putAttribute("layer_names", variables.keySet().toArray(new String[0]));
            for (Map.Entry<String, List<Object>> layer : variables.entrySet()) {
                WritableGroup group = weights.putGroup(layer.getKey());
                List<String> names = new ArrayList<>();
                for (Object value : layer.getValue()) {
                    names.add("w" + names.size() + ":0");
                    group.putDataset(names.get(names.size() - 1), value);
                }
                group.putAttribute("weight_names", names.toArray(new String[0]));
            }
        }
        return file;
    }

    /**
     * A {@code .keras} as Keras 3 writes it.
     *
     * @param parts where in its group each layer's variables are: {@code cell} for recurrent ones
     */
    Path keras(Path file, String... parts) throws IOException {
        Map<String, Object[]> paths = new LinkedHashMap<>();
        Map<String, Integer> seen = new LinkedHashMap<>();
        int layer = 0;
        for (Map.Entry<String, List<Object>> entry : variables.entrySet()) {
            String stem = ObjectSource.snake(groups.getOrDefault(entry.getKey(), ""));
            int count = seen.merge(stem, 1, Integer::sum) - 1;
            String group = "layers/" + (count == 0 ? stem : stem + "_" + count);
            String part = parts[layer++];
            paths.put(
                    group + (part.isEmpty() ? "" : "/" + part) + "/vars",
                    entry.getValue().toArray());
        }
        return keras(file, paths);
    }

    /** The same with variables in groups whose paths are given. */
    Path keras(Path file, Map<String, Object[]> paths) throws IOException {
        Path hdf5 = file.resolveSibling("model.weights.h5");
        try (WritableHdfFile hdf = HdfFile.write(hdf5)) {
            Map<String, WritableGroup> made = new LinkedHashMap<>();
            for (Map.Entry<String, Object[]> entry : paths.entrySet()) {
                WritableGroup group = group(hdf, entry.getKey(), made);
                for (int i = 0; i < entry.getValue().length; i++) {
                    group.putDataset(Integer.toString(i), entry.getValue()[i]);
                }
            }
        }
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("metadata.json"));
            zip.write(metadata().getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("config.json"));
            zip.write(config().getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("model.weights.h5"));
            zip.write(Files.readAllBytes(hdf5));
        }
        return file;
    }

    private static WritableGroup group(
            WritableGroup root, String path, Map<String, WritableGroup> made) {
        WritableGroup group = root;
        StringBuilder at = new StringBuilder();
        for (String name : path.split("/", -1)) {
            WritableGroup parent = group;
            group =
                    made.computeIfAbsent(
                            at.append('/').append(name).toString(), p -> parent.putGroup(name));
        }
        return group;
    }
}
