package org.cellstream.benchmarks.latency;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cellstream.benchmarks.chaos.WorkFolder;
import org.cellstream.benchmarks.measure.Machine;
import org.cellstream.benchmarks.measure.OutputArguments;
import org.cellstream.benchmarks.peers.JarVersion;
import org.cellstream.jobs.kafka.Delivery;
import org.cellstream.jobs.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code benchmarks/run latency}: how long a forecast takes, {@code lstm(64) dense(1)} with 100,000
 * keys, at parts of the peak rate, which is measured first, without and with training. Each event
 * counts from when it was due at that rate.
 */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        description =
                "How long forecasts take at parts of the peak rate, in the operator and from Kafka to"
                        + " Kafka.")
public final class LatencyCommand implements Callable<Integer> {

    @Mixin private OutputArguments output = new OutputArguments();

    @Option(
            names = "--delivery",
            paramLabel = "HOW",
            description =
                    "Of the job from Kafka to Kafka: ${COMPLETION-CANDIDATES}; default"
                            + " ${DEFAULT-VALUE}. With exactly-once a forecast waits for the next"
                            + " checkpoint.")
    private Delivery delivery = Delivery.AT_LEAST_ONCE;

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        LatencySettings settings = LatencySettings.of(output.quick());
        List<Latencies> all = new ArrayList<>();
        try (WorkFolder work = WorkFolder.create("latency")) {
            out.println(Latencies.header());
            all.addAll(new OperatorLatency(settings, out).measure(work.folder()));
            all.addAll(new KafkaLatency(settings, delivery, out).measure(work.folder()));
            work.keepUnless(true);
        }
        Report report = new Report();
        Machine.report(report);
        JarVersion.reportJobs(report);
        report.put("keys", settings.keys())
                .put("delivery", delivery.toString())
                .put("checkpointEverySeconds", settings.checkpointMillis() / 1000.0);
        all.forEach(latencies -> latencies.report(report));
        reportTraining(report, all);
        output.write(report, LatencyChart.chart(all, settings.keys()));
        return 0;
    }

    /** How much longer the 99th percentile is while the job learns. */
    static void reportTraining(Report report, List<Latencies> all) {
        Map<String, Latencies> cells =
                all.stream().collect(Collectors.toMap(Latencies::cell, Function.identity()));
        for (Latencies off : all) {
            Latencies on = cells.get(off.cell() + "Training");
            if (on != null) {
                String name =
                        off.cell().substring(0, 1).toUpperCase(Locale.ROOT)
                                + off.cell().substring(1);
                report.put(
                        "ratioTraining" + name + "P99", on.apartP99Millis() / off.apartP99Millis());
            }
        }
    }
}
