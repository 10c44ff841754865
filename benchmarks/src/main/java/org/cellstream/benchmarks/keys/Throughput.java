package org.cellstream.benchmarks.keys;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cellstream.benchmarks.keys.RunningKeysJob.Checkpoint;
import org.cellstream.benchmarks.measure.Medians;

/**
 * Rounds of events of random keys, all else of the machine's work being that of others. A round
 * ends with a checkpoint, which counts: what a job has not written before it, it writes then.
 */
final class Throughput {

    private final RunningKeysJob job;
    private final long events;
    private final List<Double> rates = new ArrayList<>();
    private long results;
    private long millis;

    /**
     * @param results results of the job so far
     * @param events of a round
     */
    Throughput(RunningKeysJob job, long results, long events) {
        this.job = job;
        this.results = results;
        this.events = events;
    }

    /** Measures one round, in events a second. */
    double round() throws IOException {
        Checkpoint before = job.checkpoint();
        results += events;
        job.await(results);
        long last = job.tally(TallyFilter.LAST, "max");
        Checkpoint after = job.checkpoint();
        long taken = last - before.doneMillis() + after.doneMillis() - after.askedMillis();
        millis += taken;
        double rate = events * 1000.0 / taken;
        rates.add(rate);
        return rate;
    }

    /** Forgets the rates of all rounds so far. */
    void forgetRates() {
        rates.clear();
        millis = 0;
    }

    /** How long all rounds took together. */
    long millis() {
        return millis;
    }

    double median() {
        return Medians.of(rates);
    }

    /** Results of the job so far. */
    long results() {
        return results;
    }
}
