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

    KerasFixture functional() {
        modelClass = "Functional";
        return this;
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

    /** A {@code .keras} as Keras 3 writes it. */
    Path keras(Path file, String... parts) throws IOException {
        Path hdf5 = file.resolveSibling("model.weights.h5");
        try (WritableHdfFile hdf = HdfFile.write(hdf5)) {
            WritableGroup all = hdf.putGroup("layers");
            Map<String, Integer> seen = new LinkedHashMap<>();
            int layer = 0;
            for (Map.Entry<String, List<Object>> entry : variables.entrySet()) {
                String stem = ObjectSource.snake(groups.getOrDefault(entry.getKey(), ""));
                int count = seen.merge(stem, 1, Integer::sum) - 1;
                WritableGroup group = all.putGroup(count == 0 ? stem : stem + "_" + count);
                if (!parts[layer].isEmpty()) {
                    group = group.putGroup(parts[layer]);
                }
                WritableGroup vars = group.putGroup("vars");
                for (int i = 0; i < entry.getValue().size(); i++) {
                    vars.putDataset(Integer.toString(i), entry.getValue().get(i));
                }
                layer++;
            }
        }
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("config.json"));
            zip.write(config().getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("model.weights.h5"));
            zip.write(Files.readAllBytes(hdf5));
        }
        return file;
    }
}
