package org.cellstream.benchmarks.operator;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.cellstream.benchmarks.harness.Draw;
import org.cellstream.benchmarks.harness.Form;
import org.cellstream.benchmarks.harness.JobProcess;
import org.cellstream.benchmarks.harness.JobSpec;
import org.cellstream.benchmarks.harness.Pace;
import org.cellstream.benchmarks.harness.Participant;
import org.cellstream.benchmarks.harness.Turns;

/**
 * All cells, one after the other. The jobs of the base cell stay for all cells that differ in keys
 * alone: first 400, then more and more, so that each key is filled once.
 */
final class OperatorRun implements AutoCloseable {

    private static final long FEW_KEYS = 400;
    private static final long KEYS = 100_000;
    private static final long MILLION = 1_000_000;
    private static final int HIDDEN = 64;
    private static final List<Form> WITHOUT_PEERS =
            List.of(Form.NO_OP, Form.PLAIN_STATE, Form.OURS);

    private final Path work;
    private final PrintStream out;
    private final Turns turns;
    private final List<JobProcess> running = new ArrayList<>();
    private final long begin = System.nanoTime();

    OperatorRun(Path work, Pace pace, PrintStream out) {
        this.work = work;
        this.out = out;
        this.turns = new Turns(pace);
    }

    Turns turns() {
        return turns;
    }

    /** Runs all cells, or only the one of the fewest keys. */
    void run(boolean quick) throws IOException {
        Map<Form, JobProcess> base =
                start(List.of(Form.values()), HIDDEN, UnaryOperator.identity());
        fill(base, 0, FEW_KEYS);
        measure(OperatorCells.KEYS_400, Draw.UNIFORM, FEW_KEYS, base);
        if (quick) {
            return;
        }
        fill(base, FEW_KEYS, KEYS);
        measure(OperatorCells.BASE, Draw.UNIFORM, KEYS, base);
        for (Form peer : List.of(Form.DL4J, Form.ONNX_RUNTIME)) {
            close(base.remove(peer));
        }
        measure(OperatorCells.ZIPF, Draw.ZIPF, KEYS, base);
        parallelism(base);
        for (int hidden : new int[] {32, 128}) {
            Map<Form, JobProcess> jobs = start(WITHOUT_PEERS, hidden, UnaryOperator.identity());
            fill(jobs, 0, KEYS);
            measure(OperatorCells.hidden(hidden), Draw.UNIFORM, KEYS, jobs);
            closeAll(jobs);
        }
        fill(base, KEYS, MILLION);
        measure(OperatorCells.KEYS_MILLION, Draw.UNIFORM, MILLION, base);
        fill(base, MILLION, 10 * MILLION);
        measure(OperatorCells.KEYS_10_MILLION, Draw.UNIFORM, 10 * MILLION, base);
        measure(OperatorCells.ZIPF_10_MILLION, Draw.ZIPF, 10 * MILLION, base);
    }

    /** Both in the same rounds, so that what each form gains can be compared. */
    private void parallelism(Map<Form, JobProcess> one) throws IOException {
        Map<Form, JobProcess> two = start(WITHOUT_PEERS, HIDDEN, spec -> spec.withParallelism(2));
        fill(two, 0, KEYS);
        say(OperatorCells.PARALLELISM_2);
        List<Participant> all = participants(OperatorCells.PARALLELISM_1, one);
        all.addAll(participants(OperatorCells.PARALLELISM_2, two));
        turns.measure(Draw.UNIFORM, KEYS, all);
        closeAll(two);
    }

    private Map<Form, JobProcess> start(List<Form> forms, int hidden, UnaryOperator<JobSpec> change)
            throws IOException {
        Map<Form, JobProcess> jobs = new EnumMap<>(Form.class);
        for (Form form : forms) {
            JobProcess job =
                    JobProcess.startWithCores(work, change.apply(JobSpec.lstm(form, hidden)));
            running.add(job);
            jobs.put(form, job);
        }
        for (JobProcess job : jobs.values()) {
            job.awaitReady();
        }
        return jobs;
    }

    /** All at the same time: this is not measured. */
    private void fill(Map<Form, JobProcess> jobs, long from, long to) throws IOException {
        say("filling the state of %,d keys", to);
        for (JobProcess job : jobs.values()) {
            job.tell("fill", from, to);
        }
        for (JobProcess job : jobs.values()) {
            job.read();
        }
    }

    private void measure(String cell, Draw draw, long keys, Map<Form, JobProcess> jobs)
            throws IOException {
        say("%s", cell);
        turns.measure(draw, keys, participants(cell, jobs));
    }

    private static List<Participant> participants(String cell, Map<Form, JobProcess> jobs) {
        List<Participant> all = new ArrayList<>();
        jobs.forEach((form, job) -> all.add(new Participant(cell, form.system(), job)));
        return all;
    }

    private void say(String what, Object... values) {
        out.printf(
                Locale.ROOT,
                "%6.1f s  %s%n",
                (System.nanoTime() - begin) * 1e-9,
                String.format(Locale.ROOT, what, values));
    }

    private void closeAll(Map<Form, JobProcess> jobs) throws IOException {
        for (JobProcess job : jobs.values()) {
            close(job);
        }
    }

    private void close(JobProcess job) throws IOException {
        running.remove(job);
        job.close();
    }

    @Override
    public void close() throws IOException {
        for (JobProcess job : List.copyOf(running)) {
            close(job);
        }
    }
}
