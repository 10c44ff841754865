package org.cellstream.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.cellstream.benchmarks.chaos.ChaosCommand;
import org.cellstream.benchmarks.chaos.RecoveryCommand;
import org.cellstream.benchmarks.growth.GrowthCommand;
import org.cellstream.benchmarks.keys.KeysCommand;
import org.cellstream.benchmarks.latency.LatencyCommand;
import org.cellstream.benchmarks.operator.OperatorCommand;
import org.cellstream.benchmarks.pipeline.PipelineCommand;
import org.cellstream.benchmarks.weights.WeightsCommand;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Runs one benchmark, prints its table and writes its report. Exit codes are those of every
 * command: 0 done, 1 failed, 2 wrong arguments.
 */
@Command(
        name = "benchmarks/run",
        mixinStandardHelpOptions = true,
        subcommands = {
            ChaosCommand.class,
            RecoveryCommand.class,
            KeysCommand.class,
            OperatorCommand.class,
            PipelineCommand.class,
            LatencyCommand.class,
            WeightsCommand.class,
            GrowthCommand.class
        },
        description = "Runs one benchmark.")
public final class BenchmarkMain implements Callable<Integer> {

    /** What can be asked, each by the name of its constant. */
    enum Question {
        step(StepBenchmark.class);

        final Class<?> benchmark;

        Question(Class<?> benchmark) {
            this.benchmark = benchmark;
        }
    }

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "Which one: ${COMPLETION-CANDIDATES}, or a command below.")
    private @Nullable Question question;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--quick",
            description = "Few and short measurements: shows that it runs, and the order of size.")
    private boolean quick;

    @Option(names = "--report", paramLabel = "F", description = "Writes the numbers as JSON.")
    private @Nullable Path report;

    private BenchmarkMain() {}

    /** Runs the benchmark that the arguments name and exits. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchmarkMain()).execute(args));
    }

    @Override
    public Integer call() throws RunnerException, IOException {
        if (question == null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec, "picocli sets it").commandLine(),
                    "no benchmark; need one of " + Arrays.toString(Question.values()));
        }
        Collection<RunResult> results = new Runner(options(question).build()).run();
        StepTable table = StepTable.of(results);
        PrintStream out = System.out;
        out.println();
        out.print(table.text());
        if (report != null) {
            table.report().write(report);
        }
        return 0;
    }

    private ChainedOptionsBuilder options(Question asked) {
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include("\\." + asked.benchmark.getSimpleName() + "\\.")
                        .shouldFailOnError(true);
        // Long warm-ups: until the JIT has compiled them, operations on vectors are objects and
        // take a thousand times longer.
        return quick
                ? options.forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(3)
                        .measurementTime(TimeValue.milliseconds(200))
                : options.forks(2)
                        .warmupIterations(5)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1));
    }
}
