package org.cellstream.jobs.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.jobs.config.ConfigFile;
import org.cellstream.jobs.config.JobOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A configuration file, and arguments that count more than what it says. */
final class ConfigArguments {

    @Mixin private final JobFileArgument job = new JobFileArgument();

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the first weights.")
    private @Nullable String seed;

    @Option(
            names = "--no-training",
            description = "Learn nothing; weights come from the weights topic.")
    private boolean noTraining;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Subtasks of every operator but the trainer.")
    private @Nullable String parallelism;

    @Option(
            names = "--delivery",
            paramLabel = "HOW",
            description = "exactly-once or at-least-once.")
    private @Nullable String delivery;

    Path file() {
        return job.file();
    }

    ConfigFile read() throws IOException {
        Map<String, String> overrides = new LinkedHashMap<>();
        put(overrides, CellstreamOptions.SEED.key(), seed);
        put(overrides, CellstreamOptions.TRAINING_ENABLED.key(), noTraining ? "false" : null);
        put(overrides, CellstreamOptions.PARALLELISM.key(), parallelism);
        put(overrides, JobOptions.DELIVERY.key(), delivery);
        return job.read(overrides);
    }

    private static void put(Map<String, String> overrides, String key, @Nullable String value) {
        if (value != null) {
            overrides.put(key, value);
        }
    }
}
