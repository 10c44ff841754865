package org.cellstream.benchmarks.pipeline;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.cellstream.benchmarks.chaos.WorkFolder;
import org.cellstream.benchmarks.harness.Form;
import org.cellstream.benchmarks.harness.Pace;
import org.cellstream.benchmarks.measure.BarsOfSystems;
import org.cellstream.benchmarks.measure.Machine;
import org.cellstream.benchmarks.measure.MeasurementTable;
import org.cellstream.benchmarks.measure.Measurements;
import org.cellstream.benchmarks.measure.OutputArguments;
import org.cellstream.benchmarks.peers.JarVersion;
import org.cellstream.jobs.kafka.Delivery;
import org.cellstream.jobs.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code benchmarks/run pipeline}: the job of the command line from Kafka to Kafka, JSON in and
 * out, {@code lstm(64) dense(1)} with 100,000 keys and weights that stay; beside it the same job
 * with an operator in the forecaster's place that only passes events through. The broker is in the
 * benchmark's own JVM, each job in one of its own.
 */
@Command(
        name = "pipeline",
        mixinStandardHelpOptions = true,
        description = "Events a second from Kafka to Kafka, beside a job that passes them through.")
public final class PipelineCommand implements Callable<Integer> {

    private static final Pace FULL = new Pace(15_000, 10_000, 5);
    private static final Pace QUICK = new Pace(500, 400, 2);

    @Mixin private OutputArguments output = new OutputArguments();

    @Option(
            names = "--delivery",
            paramLabel = "HOW",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Delivery delivery = Delivery.EXACTLY_ONCE;

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        Pace pace = output.quick() ? QUICK : FULL;
        try (WorkFolder work = WorkFolder.create("pipeline")) {
            Measurements rates = new PipelineRun(pace, delivery).run(work.folder());
            work.keepUnless(true);
            String ours = Form.OURS.system();
            out.print(MeasurementTable.text(rates, ours));
            Report report = new Report();
            Machine.report(report);
            JarVersion.reportJobs(report);
            report.put("delivery", delivery.toString())
                    .put("checkpointEverySeconds", pace.sliceMillis() / 1000.0);
            rates.report(report, ours);
            output.write(
                    report,
                    BarsOfSystems.chart("From Kafka to Kafka", rates, false, rates.cells()));
            return 0;
        }
    }
}
