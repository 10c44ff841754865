package org.cellstream.benchmarks.operator;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import org.cellstream.benchmarks.chaos.WorkFolder;
import org.cellstream.benchmarks.harness.Cores;
import org.cellstream.benchmarks.harness.Form;
import org.cellstream.benchmarks.harness.Pace;
import org.cellstream.benchmarks.harness.Turns;
import org.cellstream.benchmarks.measure.BarsOfSystems;
import org.cellstream.benchmarks.measure.Machine;
import org.cellstream.benchmarks.measure.MeasurementTable;
import org.cellstream.benchmarks.measure.Measurements;
import org.cellstream.benchmarks.measure.OutputArguments;
import org.cellstream.benchmarks.peers.JarVersion;
import org.cellstream.jobs.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code benchmarks/run operator}: what a forecast costs beside moving the event. From an in-memory
 * source to a discarding sink with RocksDB and a checkpoint in each round, {@code lstm(64)
 * dense(1)} over eight numbers; beside it jobs that do nothing, that read and write as much state,
 * and that call DL4J and ONNX Runtime. Each job has a core for each of its subtasks and no other,
 * so that what it does beside its operator counts as well.
 */
@Command(
        name = "operator",
        mixinStandardHelpOptions = true,
        description =
                "Events a second through Flink: ours, a no-op, plain state, DL4J, ONNX Runtime.")
public final class OperatorCommand implements Callable<Integer> {

    private static final Pace FULL = new Pace(6000, 6000, 3);
    private static final Pace QUICK = new Pace(500, 300, 2);

    @Mixin private OutputArguments output = new OutputArguments();

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        Pace pace = output.quick() ? QUICK : FULL;
        try (WorkFolder work = WorkFolder.create("operator")) {
            Turns turns;
            try (OperatorRun run = new OperatorRun(work.folder(), pace, out)) {
                run.run(output.quick());
                turns = run.turns();
            }
            work.keepUnless(true);
            String ours = Form.OURS.system();
            out.println();
            out.println(MeasurementTable.text(turns.rates(), ours));
            out.print(MeasurementTable.text(turns.bytes(), ours));
            Measurements gains = Gains.of(turns.rates());
            Report report = new Report();
            Machine.report(report);
            JarVersion.reportJobs(report);
            JarVersion.reportPeers(report);
            report.put("oneCorePerSubtask", Cores.canKeep(1) && Cores.canKeep(2));
            report.put("checkpointEverySeconds", pace.sliceMillis() / 1000.0);
            turns.rates().report(report, ours);
            SystemMedians.put(report, turns.checkpoints());
            gains.report(report, ours);
            BytesReport.put(report, turns.bytes());
            output.write(
                    report,
                    BarsOfSystems.chart(
                            "From source to sink, LSTM(64) unless said",
                            turns.rates(),
                            true,
                            List.copyOf(turns.rates().cells())));
            return 0;
        }
    }
}
