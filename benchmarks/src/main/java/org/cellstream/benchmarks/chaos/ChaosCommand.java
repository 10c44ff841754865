package org.cellstream.benchmarks.chaos;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code benchmarks/run chaos}: is anything lost, doubled or wrong when processes are killed?
 *
 * <p>Starts a cluster, lets a job forecast a live stream of events while TaskManagers and the
 * JobManager are killed at random moments and the broker is restarted once, and compares what it
 * committed, byte for byte per key, with what the same job makes of the same events undisturbed.
 *
 * <pre>{@code
 * benchmarks/run chaos --kills 5 --quick [--training]
 *
 * 2026-11-20, JDK 17.0.15: 52,000 forecasts, 0 lost, 0 duplicates, 0 different; the trainers equal
 * }</pre>
 */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description =
                "Kills processes under a job and compares its forecasts. Exit code 1 if any differ.")
public final class ChaosCommand implements Callable<Integer> {

    @Mixin private final RunArguments run = new RunArguments();

    @Option(names = "--kills", paramLabel = "N", description = "Processes to kill; default 20.")
    private int kills = 20;

    @Option(
            names = "--recoveries",
            paramLabel = "N",
            description = "Also measures N recoveries, as the benchmark recovery does; default 0.")
    private int recoveries;

    @Option(names = "--quick", description = "Half the rate, and kills follow faster.")
    private boolean quick;

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        ChaosSettings settings = new ChaosSettings(kills, run.seed(), run.training(), quick);
        try (WorkFolder work = WorkFolder.create("chaos")) {
            ChaosResult result = new Chaos(settings, WorkFolder.home(), out).run(work.folder());
            if (recoveries > 0) {
                RecoverySettings recovery =
                        new RecoverySettings(recoveries, run.seed(), run.training(), quick);
                Path folder = Files.createDirectory(work.folder().resolve("recovery"));
                Recovery.run(recovery, WorkFolder.home(), folder, out, result.report());
            }
            out.print(result.report().toText());
            run.write(result.report());
            work.keepUnless(result.clean() && !run.keep());
            return result.clean() ? 0 : 1;
        }
    }
}
