package org.cellstream.jobs.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.flink.annotation.Internal;
import org.cellstream.nn.Weights;

/** Writes a network for ONNX Runtime and whatever else reads ONNX. */
@Internal
public final class OnnxFile {

    private OnnxFile() {}

    /** Writes a file; replaces one that is there, but only by a whole one. */
    public static void write(Weights weights, Path file) throws IOException {
        byte[] bytes = new OnnxNetwork(weights).toBytes();
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(part, bytes);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
