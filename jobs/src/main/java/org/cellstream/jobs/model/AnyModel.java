package org.cellstream.jobs.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.flink.annotation.Internal;
import org.cellstream.model.ModelFile;
import org.cellstream.model.ModelFormatException;
import org.jspecify.annotations.Nullable;

/** Reads a model file of any kind that is known, told by its first bytes and not by its name. */
@Internal
public final class AnyModel {

    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final int LOOK = 8;

    private AnyModel() {}

    /**
     * Reads a whole file.
     *
     * @param network the network's words, as the file's user says them; needed where the file does
     *     not tell them, and may not contradict it where it does
     * @throws ModelFormatException if it cannot be taken; one line with the file, the place and
     *     what was expected
     */
    public static ModelFile read(Path file, @Nullable String network) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ModelFormatException(
                    file, "file", Files.exists(file) ? "is no plain file" : "does not exist");
        }
        if (!Files.isReadable(file)) {
            throw new ModelFormatException(
                    file, "file", "cannot be read; its permissions do not allow it");
        }
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(LOOK);
        }
        if (startsWith(start, ZIP)) {
            return said(new KerasFile(file, network).readZip(), network, file);
        }
        if (startsWith(start, HDF5)) {
            return said(new KerasFile(file, network).readHdf(), network, file);
        }
        if (start.length < LOOK) {
            throw new ModelFormatException(
                    file,
                    "file",
                    "has %d bytes; need safetensors, .keras or .h5".formatted(start.length));
        }
        // Safetensors begin with the length of their header, which is far below 2^48.
        if (start[LOOK - 1] != 0 || start[LOOK - 2] != 0) {
            throw new ModelFormatException(
                    file,
                    "start",
                    "its first bytes are of no model file; need safetensors, .keras or .h5");
        }
        return ModelFile.read(file, network);
    }

    private static ModelFile said(ModelFile model, @Nullable String network, Path file)
            throws ModelFormatException {
        return network == null ? model : model.as(network, file);
    }

    private static boolean startsWith(byte[] bytes, byte[] magic) {
        return bytes.length >= magic.length
                && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }
}
