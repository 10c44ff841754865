package org.cellstream.jobs.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.flink.annotation.Internal;
import org.cellstream.jobs.config.JobConfig;
import org.cellstream.jobs.run.JobCheck;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cellstream check}: see {@link JobCheck}. */
@Command(
        name = "check",
        description = {
            "Checks a configuration file and the topics that it names.",
            "",
            "Tells all mistakes at once, each with its line, and starts nothing. Kafka must be"
                    + " reachable."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "Example: cellstream check --config deploy/local/forecast.yaml"})
@Internal
public final class CheckCommand implements Callable<Integer> {

    @Mixin private final ConfigArguments arguments = new ConfigArguments();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        CommandLine command = Objects.requireNonNull(spec, "picocli sets it").commandLine();
        return ConfigMistakes.tell(
                command,
                () -> {
                    JobConfig config = arguments.read().job();
                    PrintWriter out = command.getOut();
                    out.println(arguments.file() + " has no mistakes");
                    out.flush();
                    new JobCheck(config).run().forEach(out::println);
                    out.flush();
                    return CommandLine.ExitCode.OK;
                });
    }
}
