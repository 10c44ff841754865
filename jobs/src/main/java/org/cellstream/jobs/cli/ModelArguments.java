package org.cellstream.jobs.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.cellstream.jobs.model.AnyModel;
import org.cellstream.model.ModelFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What commands about model files share. */
final class ModelArguments {

    /** How the name of a file that {@link ModelFile#write} wrote ends. */
    static final String SAFETENSORS = ".safetensors";

    @Option(
            names = "--network",
            paramLabel = "LAYERS",
            description =
                    "The network in words, bottom first, for files that do not tell it:"
                            + " \"lstm(64) dense(1)\". One that contradicts the file is refused.")
    private @Nullable String network;

    ModelFile read(Path file) throws IOException {
        return AnyModel.read(file, network);
    }
}
