package org.cellstream.benchmarks.harness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cellstream.benchmarks.measure.Measurements;
import org.cellstream.benchmarks.measure.Measurements.Better;

/**
 * Measures how many events a second jobs take, in turns: in each round every job has a slice of
 * time, one after the other. In the midst of a slice a checkpoint begins, so that its barrier and
 * what is written before it count, and its upload runs beside the second half. It must be complete
 * before the next slice.
 */
public final class Turns {

    private static final double NANOS_A_MILLI = 1e6;
    private static final double NANOS_A_SECOND = 1e9;

    /** Part of a slice that a job runs first where it was measured before, in another cell. */
    private static final int PART = 8;

    private final Pace pace;
    private final Map<JobProcess, Long> measured = new HashMap<>();
    private final Measurements rates = new Measurements("EventsPerSecond", Better.HIGHER);
    private final Measurements bytes = new Measurements("BytesPerEvent", Better.LOWER);
    private final Measurements checkpoints =
            new Measurements("CheckpointMilliseconds", Better.LOWER);

    public Turns(Pace pace) {
        this.pace = pace;
    }

    /** Warms all up and measures all. */
    public void measure(Draw draw, long keys, List<Participant> all) throws IOException {
        List<Long> events = new ArrayList<>();
        for (Participant participant : all) {
            events.add(warmUp(draw, keys, participant.job()));
        }
        for (int round = 0; round < pace.rounds(); round++) {
            for (int i = 0; i < all.size(); i++) {
                Participant participant = all.get(i);
                Answer answer = kept(draw, keys, events.get(i), participant.job());
                double seconds = answer.number("nanos") / NANOS_A_SECOND;
                String cell = participant.cell();
                rates.add(cell, participant.system(), events.get(i) / seconds);
                double allocated = answer.number("bytes") / events.get(i);
                bytes.add(cell, participant.system(), allocated);
                double millis = answer.number("checkpointNanos") / NANOS_A_MILLI;
                checkpoints.add(cell, participant.system(), millis);
            }
        }
    }

    /** One slice on the job's own cores. */
    private static Answer kept(Draw draw, long keys, long events, JobProcess job)
            throws IOException {
        job.keep();
        try {
            return job.run(draw, keys, events);
        } finally {
            job.free();
        }
    }

    /**
     * Says how many events fill a slice, now that the JVM has compiled. In a later cell of the same
     * job it has.
     */
    private long warmUp(Draw draw, long keys, JobProcess job) throws IOException {
        Long before = measured.get(job);
        long events =
                before == null
                        ? search(draw, keys, job)
                        : scaled(draw, keys, before / PART + 1, job);
        events = scaled(draw, keys, events, job);
        measured.put(job, events);
        return events;
    }

    private long search(Draw draw, long keys, JobProcess job) throws IOException {
        SliceSearch search = new SliceSearch(pace);
        while (!search.found()) {
            search.took(job.run(draw, keys, search.events()).number("nanos") / NANOS_A_MILLI);
        }
        return search.events();
    }

    /** Runs on the job's own cores, and says how many events would have filled a slice. */
    private long scaled(Draw draw, long keys, long events, JobProcess job) throws IOException {
        double millis = kept(draw, keys, events, job).number("nanos") / NANOS_A_MILLI;
        return (long) Math.ceil(events * pace.sliceMillis() / millis);
    }

    /** Events a second of each cell and system. */
    public Measurements rates() {
        return rates;
    }

    /** What the operator's threads allocate for an event, its way out of the network included. */
    public Measurements bytes() {
        return bytes;
    }

    /** How long a checkpoint took, most of it beside the events. */
    public Measurements checkpoints() {
        return checkpoints;
    }
}
