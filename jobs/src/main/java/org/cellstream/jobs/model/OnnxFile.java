package org.cellstream.jobs.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.cellstream.model.ModelFile;
import org.cellstream.model.ModelFormatException;
import org.cellstream.model.WholeFile;

/** Writes a network for ONNX Runtime and whatever else reads ONNX. */
@Internal
public final class OnnxFile {

    private OnnxFile() {}

    /**
     * What of a model's metadata the graph cannot do, in words; empty if nothing. The x of the
     * graph is what comes of it.
     *
     * @param from where the model comes from, for messages
     * @throws ModelFormatException if the metadata is wrong
     */
    public static String leftOut(Path from, ModelFile model) throws ModelFormatException {
        List<String> all = new ArrayList<>();
        if (model.metadata().containsKey(ModelMetadata.COLUMNS)) {
            all.add("the transforms of metadata \"" + ModelMetadata.COLUMNS + "\"");
        }
        if (standardisation(from, model).running() != null) {
            all.add("the running " + Standardisation.NAME + " of each key");
        }
        return String.join(" and ", all);
    }

    private static Standardisation standardisation(Path from, ModelFile model)
            throws ModelFormatException {
        return Standardisation.of(from, model.metadata(), model.network().inputs());
    }

    /**
     * Writes a file; replaces one that is there, but only by a whole one. A mean and a scale of the
     * model's metadata are part of the graph.
     *
     * @param from where the model comes from, for messages
     * @throws ModelFormatException if the metadata is wrong
     */
    public static void write(Path from, ModelFile model, Path file) throws IOException {
        byte[] bytes = new OnnxNetwork(model.weights(), standardisation(from, model)).toBytes();
        WholeFile.write(file, part -> Files.write(part, bytes));
    }
}
