package org.cellstream.benchmarks.growth;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cellstream.benchmarks.chaos.WorkFolder;
import org.cellstream.benchmarks.harness.Form;
import org.cellstream.benchmarks.harness.Pace;
import org.cellstream.benchmarks.measure.Machine;
import org.cellstream.benchmarks.measure.MeasurementTable;
import org.cellstream.benchmarks.measure.Measurements;
import org.cellstream.benchmarks.measure.OutputArguments;
import org.cellstream.benchmarks.peers.JarVersion;
import org.cellstream.jobs.report.Report;
import org.knowm.xchart.XYChart;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code benchmarks/run growth}: how the cost of an event grows with keys, hidden units, layers,
 * rows of a batch and subtasks, each alone, from an in-memory source to a discarding sink. {@code
 * --chart} names a folder that gets a chart for each.
 */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        description =
                "How the cost of an event grows with keys, units, layers, batch and parallelism.")
public final class GrowthCommand implements Callable<Integer> {

    private static final Pace FULL = new Pace(3000, 2000, 3);
    private static final Pace QUICK = new Pace(200, 100, 2);

    @Mixin private OutputArguments output = new OutputArguments();

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        Pace pace = output.quick() ? QUICK : FULL;
        try (WorkFolder work = WorkFolder.create("growth")) {
            Measurements costs = new GrowthRun(work.folder(), pace, out).run(output.quick());
            work.keepUnless(true);
            String ours = Form.OURS.system();
            out.println();
            out.print(MeasurementTable.text(costs, ours));
            Report report = new Report();
            Machine.report(report);
            JarVersion.reportJobs(report);
            report.put("checkpointEverySeconds", pace.sliceMillis() / 1000.0);
            costs.report(report, ours);
            Map<String, XYChart> charts = new LinkedHashMap<>();
            for (GrowthAxis axis : GrowthAxis.values()) {
                String file = axis.name().toLowerCase(Locale.ROOT) + ".png";
                charts.put(file, GrowthChart.chart(axis, axis.points(output.quick()), costs));
            }
            output.write(report, charts);
            return 0;
        }
    }
}
