package org.cellstream.jobs.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.jobs.backtest.Backtest;
import org.cellstream.jobs.backtest.BacktestReport;
import org.cellstream.jobs.backtest.BacktestSettings;
import org.cellstream.jobs.backtest.GeneratedBacktest;
import org.cellstream.jobs.backtest.StreamScores;
import org.cellstream.jobs.config.Mistake;
import org.cellstream.jobs.config.WrongConfigException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code cellstream backtest}: see {@link Backtest}. */
@Command(
        name = "backtest",
        description = {
            "Replays the history of a CSV file and compares the forecasts with simple methods.",
            "",
            "The rows pass through the operators of a live job, which learn as they go: every"
                    + " forecast is made before its event is seen. On the same events it compares"
                    + " the mixture of all methods, the network, the last value, the value a season"
                    + " before, an autoregression and Holt-Winters. Two backtests with the same"
                    + " arguments give the same forecasts. Scores are over the last 90%% of the"
                    + " times."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        modelTransformer = BacktestCommand.NothingRequired.class,
        footer = {
            "",
            "Example:",
            "  cellstream backtest --csv stocks.csv.gz --key Name --time Date \\",
            "    --columns \"range=High/Low|log, volume=Volume|log\" --target range \\",
            "    --season 5 --seeds 1,2,3 --html stocks.html"
        })
@Internal
public final class BacktestCommand implements Callable<Integer> {

    private static final List<String> OF_A_FILE =
            List.of("--csv", "--columns", "--target", "--time");

    @Option(
            names = "--csv",
            required = true,
            paramLabel = "FILE",
            description = "The file: comma-separated, with a header row, plain or gzip.")
    private Path csv = Path.of("");

    @Option(
            names = "--generated",
            paramLabel = "NAME",
            description = {
                "In place of a file a stream with a known rule, or all of them: where the mixture"
                        + " loses to the best simple method."
            })
    private @Nullable String generated;

    @Mixin private final JobArguments job = new JobArguments();

    @Option(
            names = "--seeds",
            split = ",",
            paramLabel = "N",
            description = {
                "Seeds of the first weights, separated by commas: one run for each. Reported are"
                        + " the median one and the spread."
            })
    private List<Long> seeds = new ArrayList<>();

    @Option(
            names = "--tune",
            description = {
                "Chooses learning rate, window and network, those of them that are not given, on"
                        + " the first 40%% of the times, and reports on the rest."
            })
    private boolean tune;

    @Option(
            names = "--plot-keys",
            split = ",",
            paramLabel = "KEY",
            description = "Keys to be drawn. Without: the best, the median and the worst one.")
    private List<String> plotKeys = new ArrayList<>();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Writes the numbers there, as one flat JSON object.")
    private @Nullable Path report;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Writes tables and plots there, as one page that needs no network.")
    private @Nullable Path html;

    @Spec private @Nullable CommandSpec spec;

    /** A stream that is generated needs nothing; what a file needs is asked for by hand. */
    static final class NothingRequired implements IModelTransformer {

        @Override
        public CommandSpec transform(CommandSpec command) {
            for (OptionSpec option : List.copyOf(command.options())) {
                if (option.required()) {
                    command.remove(option);
                    command.addOption(OptionSpec.builder(option).required(false).build());
                }
            }
            return command;
        }
    }

    @Override
    public Integer call() throws Exception {
        OutputFile.check("--report", report);
        OutputFile.check("--html", html);
        if (html != null && report != null && absolute(html).equals(absolute(report))) {
            throw wrong("--html and --report are both " + html + "; need two files");
        }
        return generated == null ? ofFile() : ofStreams(generated);
    }

    private static Path absolute(Path file) {
        return file.toAbsolutePath().normalize();
    }

    private int ofFile() throws Exception {
        List<String> missing =
                OF_A_FILE.stream().filter(option -> !arguments().hasMatchedOption(option)).toList();
        if (!missing.isEmpty()) {
            throw wrong("Missing required options: " + String.join(", ", missing));
        }
        OutputFile.refuseInput("--report", report, csv);
        OutputFile.refuseInput("--html", html, csv);
        BacktestSettings settings =
                new BacktestSettings(
                        csv, job.wide(), checked(given -> given), seeds(), tune, keys());
        PrintWriter err = commandLine().getErr();
        BacktestReport told = new Backtest(settings, err).run();
        if (report != null) {
            told.numbers().write(report);
        }
        if (html != null) {
            told.writeHtml(html);
        }
        print(told.toText());
        return CommandLine.ExitCode.OK;
    }

    private int ofStreams(String name) throws Exception {
        for (String other :
                List.of(
                        "--csv",
                        "--columns",
                        "--target",
                        "--time",
                        "--key",
                        "--wide",
                        "--season",
                        "--seeds",
                        "--tune",
                        "--plot-keys",
                        "--html")) {
            if (arguments().hasMatchedOption(other)) {
                throw wrong(other + " is for a file; --generated " + name + " has none");
            }
        }
        Configuration options = checked(GeneratedBacktest::forStreams);
        StreamScores scores = new GeneratedBacktest(name, options, commandLine().getErr()).run();
        if (report != null) {
            scores.numbers().write(report);
        }
        print(scores.toText());
        return CommandLine.ExitCode.OK;
    }

    private void print(String text) {
        commandLine().getOut().print(text);
        commandLine().getOut().flush();
    }

    private List<String> keys() {
        return plotKeys.stream().distinct().toList();
    }

    private List<Long> seeds() {
        if (seeds.isEmpty()) {
            return List.of(job.toConfiguration().get(CellstreamOptions.SEED));
        }
        if (arguments().hasMatchedOption("--seed")) {
            throw wrong("--seed is given beside --seeds; need one of them");
        }
        if (seeds.stream().distinct().count() < seeds.size()) {
            throw wrong(
                    "--seeds are %s; need each once"
                            .formatted(
                                    seeds.stream()
                                            .map(String::valueOf)
                                            .collect(Collectors.joining(","))));
        }
        return seeds;
    }

    private Configuration checked(UnaryOperator<Configuration> complete) {
        try {
            Configuration options = complete.apply(job.toConfiguration());
            Backtest.check(options);
            return options;
        } catch (WrongConfigException e) {
            String all = e.mistakes().stream().map(Mistake::text).collect(Collectors.joining("; "));
            throw wrong(JobArguments.named(all));
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(commandLine(), message);
    }

    private ParseResult arguments() {
        return commandLine().getParseResult();
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec, "picocli sets it").commandLine();
    }
}
