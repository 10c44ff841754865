package org.cellstream.jobs.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.flink.annotation.Internal;
import org.cellstream.model.ModelFile;
import org.cellstream.model.ModelFormatException;

/** Writes a network for ONNX Runtime and whatever else reads ONNX. */
@Internal
public final class OnnxFile {

    private OnnxFile() {}

    /** Whether a model has transforms, which the graph cannot do: its x is what comes of them. */
    public static boolean leavesTransformsOut(ModelFile model) {
        return model.metadata().containsKey(Standardiser.COLUMNS);
    }

    /**
     * Writes a file; replaces one that is there, but only by a whole one. The standardisation of
     * the model's metadata is part of the graph.
     *
     * @param from where the model comes from, for messages
     * @throws ModelFormatException if the metadata is wrong
     */
    public static void write(Path from, ModelFile model, Path file) throws IOException {
        Standardiser standardiser =
                Standardiser.scaling(from, model.metadata(), model.network().inputs());
        byte[] bytes = new OnnxNetwork(model.weights(), standardiser).toBytes();
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(part, bytes);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
