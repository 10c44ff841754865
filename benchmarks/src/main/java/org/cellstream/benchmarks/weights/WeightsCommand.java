package org.cellstream.benchmarks.weights;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import org.cellstream.benchmarks.chaos.WorkFolder;
import org.cellstream.benchmarks.harness.Pace;
import org.cellstream.benchmarks.measure.BarsOfSystems;
import org.cellstream.benchmarks.measure.Machine;
import org.cellstream.benchmarks.measure.Measurements;
import org.cellstream.benchmarks.measure.Measurements.Better;
import org.cellstream.benchmarks.measure.OutputArguments;
import org.cellstream.benchmarks.peers.JarVersion;
import org.cellstream.jobs.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code benchmarks/run weights}: how long new weights hold forecasts up, and how many bytes they
 * are on the weights topic, for a network of about ten thousand parameters and one of a million.
 */
@Command(
        name = "weights",
        mixinStandardHelpOptions = true,
        description = "What an update of the weights costs: a pause, and bytes on the wire.")
public final class WeightsCommand implements Callable<Integer> {

    private static final Pace FULL = new Pace(8000, 2000, 3);
    private static final Pace QUICK = new Pace(300, 200, 1);

    /** Hidden units of some ten thousand parameters and of a million. */
    private static final int SMALL = 46;

    private static final int LARGE = 500;
    private static final int UPDATES = 40;
    private static final int FEW_UPDATES = 6;
    private static final long UPDATE_MILLIS = 500;
    private static final long SHORT_MILLIS = 150;

    @Mixin private OutputArguments output = new OutputArguments();

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        WeightsRun run =
                output.quick()
                        ? new WeightsRun(List.of(SMALL), QUICK, FEW_UPDATES, SHORT_MILLIS)
                        : new WeightsRun(List.of(SMALL, LARGE), FULL, UPDATES, UPDATE_MILLIS);
        List<UpdateCost> costs;
        try (WorkFolder work = WorkFolder.create("weights")) {
            costs = run.run(work.folder());
            work.keepUnless(true);
        }
        Report report = new Report();
        Machine.report(report);
        JarVersion.reportJobs(report);
        Measurements bars = new Measurements("Milliseconds", Better.LOWER);
        for (UpdateCost cost : costs) {
            out.println(cost.line());
            cost.report(report);
            bars.add(cost.cell(), "new weights", cost.medianMillis());
            bars.add(cost.cell(), "ordinary batch", cost.ordinary());
        }
        output.write(
                report, BarsOfSystems.chart("Silence before a forecast", bars, true, bars.cells()));
        return 0;
    }
}
