package org.cellstream.benchmarks;

import java.util.Objects;
import org.cellstream.benchmarks.chaos.ChaosCommand;
import org.cellstream.benchmarks.chaos.RecoveryCommand;
import org.cellstream.benchmarks.experts.ExpertsCommand;
import org.cellstream.benchmarks.growth.GrowthCommand;
import org.cellstream.benchmarks.keys.KeysCommand;
import org.cellstream.benchmarks.latency.LatencyCommand;
import org.cellstream.benchmarks.operator.OperatorCommand;
import org.cellstream.benchmarks.peers.JarVersion;
import org.cellstream.benchmarks.pipeline.PipelineCommand;
import org.cellstream.benchmarks.step.StepCommand;
import org.cellstream.benchmarks.train.TrainCommand;
import org.cellstream.benchmarks.weights.WeightsCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Runs one benchmark, prints its table and writes its report. Exit codes are those of every
 * command: 0 done, 1 failed, 2 wrong arguments.
 */
@Command(
        name = "benchmarks/run",
        mixinStandardHelpOptions = true,
        subcommands = {
            StepCommand.class,
            TrainCommand.class,
            ExpertsCommand.class,
            OperatorCommand.class,
            PipelineCommand.class,
            LatencyCommand.class,
            WeightsCommand.class,
            GrowthCommand.class,
            KeysCommand.class,
            ChaosCommand.class,
            RecoveryCommand.class
        },
        description = "Runs one benchmark.")
public final class BenchmarkMain implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    private BenchmarkMain() {}

    /** Runs the benchmark that the arguments name and exits. */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new BenchmarkMain());
        String version = "cellstream " + JarVersion.of("cellstream-jobs");
        line.getCommandSpec().version(version);
        line.getSubcommands().values().forEach(sub -> sub.getCommandSpec().version(version));
        line.setExecutionExceptionHandler((failure, command, parsed) -> told(failure));
        System.exit(line.execute(args));
    }

    /** An argument that cannot be is said in a line; any other failure is thrown, as a bug. */
    private static int told(Exception failure) throws Exception {
        if (failure instanceof IllegalArgumentException) {
            System.err.println(failure.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        throw failure;
    }

    /** Without a command there is nothing to run. */
    @Override
    public void run() {
        CommandLine line = Objects.requireNonNull(spec, "picocli sets it").commandLine();
        throw new ParameterException(
                line, "no benchmark; need one of " + line.getSubcommands().keySet());
    }
}
