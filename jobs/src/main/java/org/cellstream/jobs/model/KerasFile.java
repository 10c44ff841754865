package org.cellstream.jobs.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.cellstream.model.ModelFile;
import org.cellstream.model.ModelFormatException;
import org.cellstream.nn.Network;
import org.jspecify.annotations.Nullable;

/** Reads Keras' files: {@code .keras} of Keras 2.13 and 3, {@code .h5}, and weights alone. */
final class KerasFile {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NEED = "; need a file as Keras writes it";
    private static final int MOST_JSON = 64 << 20;

    private final Path file;
    private final @Nullable String network;

    /**
     * @param network words for a file that holds weights alone
     */
    KerasFile(Path file, @Nullable String network) {
        this.file = file;
        this.network = network;
    }

    ModelFile readZip() throws IOException {
        byte[] config;
        byte[] weights;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            config = entry(zip, "config.json", MOST_JSON);
            long heap = Runtime.getRuntime().maxMemory() / 4;
            weights = entry(zip, "model.weights.h5", (int) Math.min(heap, Integer.MAX_VALUE - 64));
        } catch (ModelFormatException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new ModelFormatException(file, "zip", "is broken (%s)%s".formatted(e, NEED), e);
        }
        JsonNode model = parsed("config.json", config);
        return HdfReading.of(
                file,
                () -> {
                    try (HdfFile hdf = HdfFile.fromBytes(weights)) {
                        return converted(model, new ObjectSource(file, hdf));
                    }
                });
    }

    private byte[] entry(ZipFile zip, String name, int most) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new ModelFormatException(file, "zip", "has no " + name + NEED);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(most);
            if (in.read() >= 0) {
                throw new ModelFormatException(
                        file, name, "has more than " + most + " bytes; this JVM takes no more");
            }
            return bytes;
        }
    }

    private JsonNode parsed(String place, byte[] text) throws IOException {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new ModelFormatException(
                    file, place, "is no JSON (%s)%s".formatted(e.getOriginalMessage(), NEED), e);
        }
    }

    ModelFile readHdf() throws IOException {
        return HdfReading.of(
                file,
                () -> {
                    try (HdfFile hdf = new HdfFile(file)) {
                        return fromHdf(hdf);
                    }
                });
    }

    private ModelFile fromHdf(HdfFile hdf) throws IOException {
        String config = HdfTensors.text(hdf, "model_config");
        if (config != null) {
            JsonNode model = parsed("model_config", config.getBytes(UTF_8));
            if (!(HdfTensors.at(file, hdf, "model_weights") instanceof Group weights)) {
                throw new ModelFormatException(file, "model_weights", "is no group" + NEED);
            }
            return converted(model, KerasSource.byName(byLayer(weights)));
        }
        if (network == null) {
            throw new ModelFormatException(
                    file,
                    "HDF5",
                    "has no model_config, so it may hold weights alone; say the network with"
                            + " --network");
        }
        if (hdf.getAttribute("layer_names") == null) {
            return converted(stub(network), new ObjectSource(file, hdf));
        }
        ListedVariables all = new ListedVariables(file, "layer_names");
        for (String name : HdfTensors.allTexts(hdf, "layer_names")) {
            all.add(group(hdf, name));
        }
        return converted(stub(network), KerasSource.inOneList(all));
    }

    private Map<String, LayerVariables> byLayer(Group weights) throws IOException {
        Map<String, LayerVariables> named = new HashMap<>();
        for (String name : HdfTensors.allTexts(weights, "layer_names")) {
            named.put(name, new ListedVariables(file, "layer " + name).add(group(weights, name)));
        }
        return named;
    }

    private Group group(Group in, String name) throws IOException {
        if (HdfTensors.at(file, in, name) instanceof Group group) {
            return group;
        }
        throw new ModelFormatException(file, name, "is no group" + NEED);
    }

    private ModelFile converted(JsonNode model, KerasSource source) throws IOException {
        return new KerasConverter(file).convert(KerasChain.of(file, model, source));
    }

    /** The description that Keras would have written of a network in words. */
    private JsonNode stub(String words) throws ModelFormatException {
        Network parsed;
        try {
            parsed = Network.parse(words, 1);
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(file, "network", String.valueOf(e.getMessage()), e);
        }
        ObjectNode model = JSON.createObjectNode().put("class_name", "Sequential");
        ArrayNode layers = model.putObject("config").putArray("layers");
        for (int i = 0; i < parsed.layers().size(); i++) {
            KerasStub.write(parsed.nameOf(i), parsed.layers().get(i).toString(), layers);
        }
        return model;
    }
}
