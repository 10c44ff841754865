package org.cellstream.benchmarks.latency;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cellstream.benchmarks.harness.Answer;
import org.cellstream.benchmarks.harness.Draw;
import org.cellstream.benchmarks.harness.Form;
import org.cellstream.benchmarks.harness.JobProcess;
import org.cellstream.benchmarks.harness.JobSpec;
import org.cellstream.benchmarks.harness.LatencyAnswer;
import org.cellstream.benchmarks.harness.Pace;
import org.cellstream.benchmarks.harness.Participant;
import org.cellstream.benchmarks.harness.Turns;
import org.cellstream.benchmarks.measure.Spread;

/**
 * From the moment at which an event is due at the operator to its forecast: the hop from the
 * source's thread to the operator's is in it, a millisecond at most where buffers stay unfilled.
 */
final class OperatorLatency {

    private static final String PEAK = "peak";
    private static final double MILLIS = 1000;
    private static final double LEARNING_PER_SECOND = 10_000;

    private final LatencySettings settings;
    private final PrintStream out;

    OperatorLatency(LatencySettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** Latencies at each rate, without and with training in turns. */
    List<Latencies> measure(Path work) throws IOException {
        JobSpec spec =
                JobSpec.lstm(Form.OURS, LatencySettings.HIDDEN)
                        .withCheckpointMillis(settings.checkpointMillis());
        List<Latencies> all = new ArrayList<>();
        try (JobProcess off = JobProcess.start(work, spec);
                JobProcess on = JobProcess.start(work, spec.withTraining(true))) {
            double peak = peak(off);
            warmUp(on);
            out.printf(Locale.ROOT, "operator: %,.0f events/s at most%n", peak);
            for (int percent : settings.percents()) {
                double rate = peak * percent / 100;
                all.add(load(off, "operatorLoad" + percent, rate));
                all.add(load(on, "operatorLoad" + percent + "Training", rate));
            }
        }
        return all;
    }

    private void warmUp(JobProcess job) throws IOException {
        job.awaitReady();
        job.fill(0, settings.keys());
        turns(1).measure(Draw.UNIFORM, settings.keys(), List.of(new Participant(PEAK, PEAK, job)));
        // The trainer has not run so far.
        ask(job, LEARNING_PER_SECOND, settings.warmUpMillis());
    }

    private double peak(JobProcess job) throws IOException {
        job.awaitReady();
        job.fill(0, settings.keys());
        Turns turns = turns(LatencySettings.PEAKS);
        turns.measure(Draw.UNIFORM, settings.keys(), List.of(new Participant(PEAK, PEAK, job)));
        return turns.rates().spread(PEAK, PEAK).map(Spread::median).orElseThrow();
    }

    private Turns turns(int rounds) {
        return new Turns(new Pace(settings.warmUpMillis(), settings.peakMillis(), rounds));
    }

    private Latencies load(JobProcess job, String cell, double rate) throws IOException {
        Answer answer = ask(job, rate, settings.loadMillis());
        Latencies measured =
                new Latencies(
                        cell,
                        LatencyAnswer.histogram(answer, "all"),
                        LatencyAnswer.histogram(answer, "apart"),
                        answer.numbers("checkpointPauses"));
        out.println(measured.line());
        return measured;
    }

    private Answer ask(JobProcess job, double rate, long millis) throws IOException {
        long events = (long) (rate * millis / MILLIS);
        return job.ask("latency", Draw.UNIFORM, settings.keys(), events, rate);
    }
}
