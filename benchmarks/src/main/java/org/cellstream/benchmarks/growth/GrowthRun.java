package org.cellstream.benchmarks.growth;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cellstream.benchmarks.harness.Draw;
import org.cellstream.benchmarks.harness.Form;
import org.cellstream.benchmarks.harness.JobProcess;
import org.cellstream.benchmarks.harness.Pace;
import org.cellstream.benchmarks.harness.Participant;
import org.cellstream.benchmarks.harness.Turns;
import org.cellstream.benchmarks.measure.Measurements;
import org.cellstream.benchmarks.measure.Measurements.Better;

/** The points of each axis in the same rounds; of keys, which one job has more and more of, not. */
final class GrowthRun {

    private static final double MICROS_A_SECOND = 1e6;

    private final Path work;
    private final Pace pace;
    private final PrintStream out;

    GrowthRun(Path work, Pace pace, PrintStream out) {
        this.work = work;
        this.pace = pace;
        this.out = out;
    }

    /** Microseconds per event at each point. */
    Measurements run(boolean quick) throws IOException {
        Turns turns = new Turns(pace);
        try (JobProcess base = JobProcess.startWithCores(work, GrowthAxis.BASE)) {
            base.awaitReady();
            base.fill(0, GrowthAxis.FEW_KEYS);
            for (GrowthAxis axis : GrowthAxis.values()) {
                out.println(axis.label());
                if (axis == GrowthAxis.KEYS) {
                    keys(turns, axis.points(quick), base);
                } else {
                    measure(turns, axis, axis.points(quick), base);
                }
            }
        }
        return costs(turns.rates());
    }

    private static void keys(Turns turns, List<Integer> points, JobProcess base)
            throws IOException {
        int filled = GrowthAxis.FEW_KEYS;
        for (int point : points) {
            if (point > filled) {
                base.fill(filled, point);
                filled = point;
            }
            turns.measure(Draw.UNIFORM, point, List.of(participant(GrowthAxis.KEYS, point, base)));
        }
    }

    private void measure(Turns turns, GrowthAxis axis, List<Integer> points, JobProcess base)
            throws IOException {
        List<JobProcess> others = new ArrayList<>();
        try {
            List<Participant> all = new ArrayList<>();
            for (int point : points) {
                boolean isBase = axis.spec(point).equals(GrowthAxis.BASE);
                JobProcess job = isBase ? base : JobProcess.startWithCores(work, axis.spec(point));
                if (!isBase) {
                    others.add(job);
                }
                all.add(participant(axis, point, job));
            }
            for (JobProcess job : others) {
                job.awaitReady();
                job.fill(0, GrowthAxis.FEW_KEYS);
            }
            turns.measure(Draw.UNIFORM, GrowthAxis.FEW_KEYS, all);
        } finally {
            for (JobProcess job : others) {
                job.close();
            }
        }
    }

    private static Participant participant(GrowthAxis axis, int point, JobProcess job) {
        return new Participant(axis.cell(point), Form.OURS.system(), job);
    }

    private static Measurements costs(Measurements rates) {
        Measurements costs = new Measurements("MicrosecondsPerEvent", Better.LOWER);
        for (String cell : rates.cells()) {
            for (String system : rates.systems()) {
                for (double rate : rates.rounds(cell, system)) {
                    costs.add(cell, system, MICROS_A_SECOND / rate);
                }
            }
        }
        return costs;
    }
}
