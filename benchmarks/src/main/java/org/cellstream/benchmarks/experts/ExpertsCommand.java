package org.cellstream.benchmarks.experts;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cellstream.benchmarks.measure.Alternation;
import org.cellstream.benchmarks.measure.BarsOfSystems;
import org.cellstream.benchmarks.measure.Machine;
import org.cellstream.benchmarks.measure.MeasurementTable;
import org.cellstream.benchmarks.measure.Measurements;
import org.cellstream.benchmarks.measure.Measurements.Better;
import org.cellstream.benchmarks.measure.OutputArguments;
import org.cellstream.config.ExpertChoice;
import org.cellstream.config.ExpertName;
import org.cellstream.config.ExpertsConfig;
import org.cellstream.jobs.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code benchmarks/run experts}: what does each of the experts, their mixture and the intervals
 * cost an event, beside a key that has none of them but what all need? And what costs it the
 * trainer to try weights on it before they are published? In turns, on one thread.
 */
@Command(
        name = "experts",
        mixinStandardHelpOptions = true,
        description =
                "Times the experts beside the network and the gate of the trainer, part by part in turns.")
public final class ExpertsCommand implements Callable<Integer> {

    private static final String ALL = "all";
    private static final int SEASON = 24;
    private static final double COVERAGE = 0.9;
    private static final int FEW_KEYS = 400;
    private static final int MANY_KEYS = 100_000;

    /** The weights that learn, and the last good ones. */
    private static final int TRIED_BY_THE_GATE = 2;

    @Mixin private final OutputArguments output = new OutputArguments();

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        Report report = new Report();
        Machine.report(report);
        Measurements times = new Measurements("MicrosecondsPerEvent", Better.LOWER);
        for (int keys : output.quick() ? new int[] {FEW_KEYS} : new int[] {FEW_KEYS, MANY_KEYS}) {
            Map<String, ExpertSteps> systems = new LinkedHashMap<>();
            parts().forEach((name, part) -> systems.put(name, new ExpertSteps(part, keys)));
            alternation().measure(times, "Keys" + keys, 1, systems);
            systems.forEach((name, steps) -> report.put(name + "BytesPerKey", steps.bytes()));
        }
        Map<String, GateTrials> trials = new LinkedHashMap<>();
        trials.put("withoutGate", new GateTrials(1));
        trials.put("gate", new GateTrials(1 + TRIED_BY_THE_GATE));
        int events = GateTrials.WINDOWS * GateTrials.STEPS;
        alternation().measure(times, "Trainer", events, trials);
        times.report(report, ALL);
        out.println();
        out.print(MeasurementTable.text(times, ALL));
        output.write(report, BarsOfSystems.chart("One event", times, true, times.cells()));
        return 0;
    }

    /** What is common alone, then each part by itself, then all. */
    private static Map<String, ExpertsConfig> parts() {
        Map<String, ExpertsConfig> parts = new LinkedHashMap<>();
        parts.put("common", part(0));
        parts.put("intervals", part(COVERAGE));
        parts.put("mixture", part(0, ExpertName.LAST, ExpertName.NETWORK));
        parts.put("readout", part(0, ExpertName.READOUT));
        parts.put("ar", part(0, ExpertName.AR));
        parts.put("holtWinters", part(0, ExpertName.HOLT_WINTERS));
        parts.put(
                "withoutAr",
                part(
                        COVERAGE,
                        Arrays.stream(ExpertName.values())
                                .filter(name -> name != ExpertName.AR)
                                .toArray(ExpertName[]::new)));
        parts.put(ALL, part(COVERAGE, ExpertName.values()));
        return parts;
    }

    private static ExpertsConfig part(double coverage, ExpertName... names) {
        return new ExpertsConfig(List.of(names), SEASON, ExpertChoice.MIXTURE, false, coverage);
    }

    private Alternation alternation() {
        return output.quick() ? new Alternation(300, 50, 5) : new Alternation(1000, 200, 9);
    }
}
