package org.cellstream.jobs.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.flink.annotation.Internal;
import org.cellstream.jobs.bootstrap.Bootstrap;
import org.cellstream.jobs.bootstrap.BootstrapSettings;
import org.cellstream.jobs.report.Report;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cellstream bootstrap}: see {@link Bootstrap}. */
@Command(
        name = "bootstrap",
        description = {
            "Makes a job's state from a CSV file, before its first start.",
            "",
            "Steps the rows through the job's own forecaster, with weights that stay as they are, and"
                    + " writes a savepoint. The job that starts from it goes on with the events after"
                    + " the last event time of the file: every event up to that time must be in it."
                    + " Needs no Kafka."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Example:",
            "  cellstream bootstrap --config forecast.yaml --csv history.csv.gz --out start",
            "  cellstream run --config forecast.yaml --from start"
        })
@Internal
public final class BootstrapCommand implements Callable<Integer> {

    @Mixin private final ConfigArguments arguments = new ConfigArguments();

    @Option(
            names = "--csv",
            required = true,
            paramLabel = "FILE",
            description = "The file: comma-separated, with a header row, plain or gzip.")
    private Path csv = Path.of("");

    @Option(
            names = "--weights",
            paramLabel = "PATH",
            description =
                    "Model file, or savepoint or checkpoint of a job that learned, whose weights are"
                            + " taken. Without: the job's first weights.")
    private @Nullable Path weights;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder that becomes the savepoint; empty, or not there.")
    private Path out = Path.of("");

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        CommandLine command = Objects.requireNonNull(spec, "picocli sets it").commandLine();
        return ConfigMistakes.tell(
                command,
                () -> {
                    BootstrapSettings settings =
                            new BootstrapSettings(arguments.read().job(), csv, weights, out);
                    Report report = new Bootstrap(settings, command.getErr()).run();
                    command.getOut().print(report.toText());
                    command.getOut().flush();
                    return CommandLine.ExitCode.OK;
                });
    }
}
