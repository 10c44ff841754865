package org.cellstream.jobs.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.flink.annotation.Internal;
import org.apache.flink.util.TimeUtils;
import org.cellstream.jobs.demo.Demo;
import org.cellstream.jobs.demo.DemoSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cellstream demo}: see {@link Demo}. */
@Command(
        name = "demo",
        description = {
            "Shows live forecasts of a simulated market.",
            "",
            "Starts a Kafka broker and Flink in this process, trades simulated symbols into them,"
                    + " learns from the trades and forecasts each symbol's next price. Needs nothing"
                    + " but this machine, and leaves nothing behind."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "Example: cellstream demo --duration 60s --report demo.json"})
@Internal
public final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "How long to trade, as 30s or 5min. Without: until Ctrl-C.")
    private @Nullable String duration;

    @Option(
            names = "--symbols",
            paramLabel = "N",
            defaultValue = "400",
            description = "How many symbols trade. Default: ${DEFAULT-VALUE}.")
    private int symbols;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Trades a second, of all symbols together. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the market and of the first weights. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Writes the numbers of the run there, as one flat JSON object.")
    private @Nullable Path report;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        OutputFile.check("--report", report);
        Demo demo = new Demo(settings(), commandLine().getOut());
        demo.run(
                numbers -> {
                    if (report != null) {
                        numbers.write(report);
                    }
                });
        return CommandLine.ExitCode.OK;
    }

    private DemoSettings settings() {
        try {
            return new DemoSettings(symbols, rate, duration(), seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(commandLine(), "--" + e.getMessage(), e);
        }
    }

    private @Nullable Duration duration() {
        try {
            return duration == null ? null : TimeUtils.parseDuration(duration);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    commandLine(),
                    "--duration is " + duration + "; need a time, as 30s or 5min",
                    e);
        }
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec, "picocli sets it").commandLine();
    }
}
