package org.cellstream.jobs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.jobs.config.ConfigFile;
import org.cellstream.jobs.replay.WrongInputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A configuration file, and the network that the job was or is to be started with. */
final class JobFileArgument {

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The job's options in YAML, as deploy/local/forecast.yaml.")
    private Path config = Path.of("");

    @Option(
            names = "--network",
            paramLabel = "LAYERS",
            description = "Layers of the network, bottom first, where the file's do not count.")
    private @Nullable String network;

    Path file() {
        return config;
    }

    /**
     * Reads the file.
     *
     * @param overrides further options that count more than what it says
     * @throws WrongInputException if it is a folder
     */
    ConfigFile read(Map<String, String> overrides) throws IOException {
        if (Files.isDirectory(config)) {
            throw new WrongInputException("--config %s is a folder; need a file".formatted(config));
        }
        Map<String, String> all = new LinkedHashMap<>(overrides);
        if (network != null) {
            all.put(CellstreamOptions.NETWORK.key(), network);
        }
        return ConfigFile.read(config, all);
    }
}
