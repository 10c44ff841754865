package org.cellstream.jobs.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.flink.annotation.Internal;
import org.cellstream.jobs.config.ConfigFile;
import org.cellstream.jobs.run.LocalRun;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cellstream run}: see {@link LocalRun}. */
@Command(
        name = "run",
        description = {
            "Forecasts the events of a topic on your own Kafka.",
            "",
            "Runs the job of a configuration file on Flink in this process, until Ctrl-C."
                    + " Checkpoints stay in a folder, and the next run goes on from the newest. The"
                    + " same file works on a cluster, by flink run."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "Example: cellstream run --config deploy/local/forecast.yaml"})
@Internal
public final class RunCommand implements Callable<Integer> {

    @Mixin private final ConfigArguments arguments = new ConfigArguments();

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description =
                    "Starts from this savepoint, as bootstrap makes it. Only where the job has no"
                            + " checkpoint of its own.")
    private @Nullable Path from;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        CommandLine command = Objects.requireNonNull(spec, "picocli sets it").commandLine();
        return ConfigMistakes.tell(
                command,
                () -> {
                    ConfigFile file = arguments.read();
                    LocalRun run = new LocalRun(file, from, command.getOut());
                    run.run();
                    return CommandLine.ExitCode.OK;
                });
    }
}
