package org.cellstream.benchmarks.chaos;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.cellstream.jobs.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code benchmarks/run recovery}: how long after a TaskManager was killed does the next forecast
 * come? 2,000 events/s of 10,000 keys, {@code lstm(64) dense(1)}, a checkpoint each second, and a
 * TaskManager that has stood by for 30 seconds.
 *
 * <pre>{@code
 * benchmarks/run recovery
 *
 * seconds, 10 kills, 2026-11-20, JDK 17.0.15, all processes on two cores that builds used too
 * median 6.2, longest 16.3: the first kill; from the second on the benchmark had priority, longest 8.9
 * detection 0.2, scheduling 2.0, restore 2.4, first checkpoint 1.5, commit 0.1
 * }</pre>
 */
@Command(
        name = "recovery",
        mixinStandardHelpOptions = true,
        description = "Kills TaskManagers one by one and says how long forecasts were missing.")
public final class RecoveryCommand implements Callable<Integer> {

    @Mixin private final RunArguments run = new RunArguments();

    @Option(names = "--kills", paramLabel = "N", description = "TaskManagers to kill; default 10.")
    private int kills = 10;

    @Option(names = "--quick", description = "A standby of 10 seconds.")
    private boolean quick;

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        RecoverySettings settings = new RecoverySettings(kills, run.seed(), run.training(), quick);
        try (WorkFolder work = WorkFolder.create("recovery")) {
            Report numbers = new Report();
            Recovery.run(settings, WorkFolder.home(), work.folder(), out, numbers);
            out.print(numbers.toText());
            run.write(numbers);
            work.keepUnless(!run.keep());
            return 0;
        }
    }
}
