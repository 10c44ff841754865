package org.cellstream.jobs.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.cellstream.model.ModelFile;
import org.cellstream.model.ModelFormatException;
import org.jspecify.annotations.Nullable;

/** Reads Keras' files: {@code .keras} of Keras 2.13 and 3, {@code .h5}, and weights alone. */
final class KerasFile {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NEED = "; need a file as Keras writes it";
    private static final String METADATA = "metadata.json";
    private static final String VERSION = "keras_version";

    /** A model of hundreds of layers takes a tenth of it. */
    private static final int MOST_JSON = 4 << 20;

    /** A tree takes up to a hundred times as much as its text. */
    private static final int HEAP_PER_JSON = 256;

    /** The bytes, once more while they are put together, and then the floats. */
    private static final int HEAP_PER_WEIGHTS = 6;

    /** Keras does not pack its zip files; floats that are not all alike hardly shrink. */
    private static final int MOST_PACKED = 100;

    private static final int ALWAYS_UNPACKED = 1 << 20;

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
        byte[] metadata;
        byte[] weights;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            config = entry(zip, "config.json", mostJson());
            metadata =
                    zip.getEntry(METADATA) == null
                            ? "{}".getBytes(UTF_8)
                            : entry(zip, METADATA, mostJson());
            weights = entry(zip, "model.weights.h5", mostWeights());
        } catch (ModelFormatException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new ModelFormatException(
                    file, "zip", "is broken (%s)%s".formatted(e.getMessage(), NEED), e);
        }
        JsonNode model = parsed("config.json", config);
        String version = parsed(METADATA, metadata).path(VERSION).asText("");
        return HdfReading.of(
                file,
                () -> {
                    try (HdfFile hdf = HdfFile.fromBytes(weights)) {
                        checkEnd(hdf, weights.length);
                        HdfTensors tensors = new HdfTensors(file, weights.length);
                        return converted(model, version, new ObjectSource(tensors, hdf));
                    }
                });
    }

    private static int mostJson() {
        return (int) Math.min(MOST_JSON, Runtime.getRuntime().maxMemory() / HEAP_PER_JSON);
    }

    private int mostWeights() {
        long heap = Runtime.getRuntime().maxMemory() / HEAP_PER_WEIGHTS;
        long packed = ALWAYS_UNPACKED + MOST_PACKED * file.toFile().length();
        return (int) Math.min(Integer.MAX_VALUE - 64, Math.min(heap, packed));
    }

    private byte[] entry(ZipFile zip, String name, int most) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            boolean isPickle = zip.stream().anyMatch(e -> e.getName().endsWith("data.pkl"));
            throw new ModelFormatException(
                    file,
                    "zip",
                    isPickle
                            ? "is what torch.save writes; need the state dict as safetensors, by"
                                    + " safetensors.torch.save_file"
                            : "has no " + name + NEED);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(most);
            if (in.read() >= 0) {
                throw new ModelFormatException(
                        file,
                        name,
                        "has more than %d bytes; need fewer, or a larger heap with -Xmx"
                                .formatted(most));
            }
            return bytes;
        }
    }

    private JsonNode parsed(String place, byte[] text) throws IOException {
        if (text.length > mostJson()) {
            throw new ModelFormatException(
                    file,
                    place,
                    "has %d bytes; need at most %d".formatted(text.length, mostJson()));
        }
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new ModelFormatException(
                    file, place, "is no JSON (%s)%s".formatted(e.getOriginalMessage(), NEED), e);
        }
    }

    ModelFile readHdf() throws IOException {
        ByteBuffer bytes;
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new ModelFormatException(
                        file,
                        "file",
                        "has %d bytes; need at most %d"
                                .formatted(channel.size(), Integer.MAX_VALUE));
            }
            bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        }
        return HdfReading.of(
                file,
                () -> {
                    try (HdfFile hdf = HdfFile.fromByteBuffer(bytes)) {
                        checkEnd(hdf, bytes.capacity());
                        return fromHdf(hdf, new HdfTensors(file, bytes.capacity()));
                    }
                });
    }

    /** What a cut file lacks may be what nobody reads, but who knows. */
    private void checkEnd(HdfFile hdf, int bytes) throws ModelFormatException {
        long end = hdf.getHdfBackingStorage().getSuperblock().getEndOfFileAddress();
        if (end > bytes) {
            throw new ModelFormatException(
                    file,
                    "superblock",
                    "the HDF5 has %d bytes; need %d, so it was cut".formatted(bytes, end));
        }
    }

    private ModelFile fromHdf(HdfFile hdf, HdfTensors tensors) throws IOException {
        String config = tensors.text(hdf, "model_config");
        if (config != null) {
            JsonNode model = parsed("model_config", config.getBytes(UTF_8));
            String version = tensors.text(hdf, VERSION);
            Group weights = group(tensors, hdf, "model_weights");
            KerasSource source = KerasSource.byName(byLayer(tensors, weights));
            return converted(model, version == null ? "" : version, source);
        }
        if (network == null) {
            throw new ModelFormatException(
                    file,
                    "HDF5",
                    "has no model_config, so it may hold weights alone; say the network with"
                            + " --network");
        }
        KerasWeights words = new KerasWeights(file, network);
        if (hdf.getAttribute("layer_names") == null) {
            return words.read(new ObjectSource(tensors, hdf));
        }
        ListedVariables all = new ListedVariables(tensors, "layer_names");
        for (String name : tensors.texts(hdf, "layer_names")) {
            all.add(group(tensors, hdf, name));
        }
        return words.read(KerasSource.inOneList(all));
    }

    private static Map<String, LayerVariables> byLayer(HdfTensors tensors, Group weights)
            throws IOException {
        Map<String, LayerVariables> named = new HashMap<>();
        for (String name : tensors.texts(weights, "layer_names")) {
            ListedVariables variables = new ListedVariables(tensors, "layer " + name);
            named.put(name, variables.add(group(tensors, weights, name)));
        }
        return named;
    }

    private static Group group(HdfTensors tensors, Group in, String name) throws IOException {
        if (tensors.at(in, name) instanceof Group group) {
            return group;
        }
        throw new ModelFormatException(tensors.file(), name, "is no group" + NEED);
    }

    private ModelFile converted(JsonNode model, String version, KerasSource source)
            throws IOException {
        return new KerasConverter(file, version).convert(KerasChain.of(file, model, source));
    }
}
