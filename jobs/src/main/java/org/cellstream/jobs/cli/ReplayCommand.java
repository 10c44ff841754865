package org.cellstream.jobs.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;
import org.cellstream.jobs.config.Mistake;
import org.cellstream.jobs.config.WrongConfigException;
import org.cellstream.jobs.replay.Replay;
import org.cellstream.jobs.replay.ReplaySettings;
import org.cellstream.jobs.report.Report;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cellstream replay}: see {@link Replay}. */
@Command(
        name = "replay",
        description = {
            "Forecasts the rows of a CSV file and says how good the forecasts were.",
            "",
            "Sends the rows through Kafka and Flink in this process, learning as it goes: every"
                    + " forecast is made by weights that have not seen what they forecast. Two replays"
                    + " of one file with the same arguments give the same forecasts. Ends with a"
                    + " report; skill is against repeating the last value, over the last 90%% of the"
                    + " times."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Example:",
            "  cellstream replay --csv stocks.csv.gz --key Name --time Date \\",
            "    --columns \"range=High/Low|log, ret=Close|log|diff\" --target range"
        })
@Internal
public final class ReplayCommand implements Callable<Integer> {

    @Option(
            names = "--csv",
            required = true,
            paramLabel = "FILE",
            description = "The file: comma-separated, with a header row, plain or gzip.")
    private Path csv = Path.of("");

    @Mixin private final JobArguments job = new JobArguments();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Writes the report there, as one flat JSON object.")
    private @Nullable Path report;

    @Option(
            names = "--forecasts",
            paramLabel = "FILE",
            description = "Writes all forecasts there, by key and step, a JSON object a line.")
    private @Nullable Path forecasts;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = {
                "Keeps Kafka's data and the checkpoints there. A replay that was interrupted goes"
                        + " on when it is",
                "started again with the same arguments. Without: a temporary folder, deleted at the"
                        + " end."
            })
    private @Nullable Path work;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Configuration options = checked();
        OutputFile.check("--report", report);
        OutputFile.check("--forecasts", forecasts);
        OutputFile.refuseInput("--report", report, csv);
        OutputFile.refuseInput("--forecasts", forecasts, csv);
        ReplaySettings settings =
                new ReplaySettings(csv, job.wide(), options, work, forecasts, Version.number());
        PrintWriter err = commandLine().getErr();
        Report numbers = new Replay(settings, err).run();
        if (report != null) {
            numbers.write(report);
        }
        commandLine().getOut().print(numbers.toText());
        commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }

    private Configuration checked() {
        try {
            Configuration options = job.toConfiguration();
            Replay.check(options);
            return options;
        } catch (WrongConfigException e) {
            String all = e.mistakes().stream().map(Mistake::text).collect(Collectors.joining("; "));
            throw new ParameterException(commandLine(), JobArguments.named(all), e);
        }
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec, "picocli sets it").commandLine();
    }
}
