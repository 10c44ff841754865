package org.cellstream.benchmarks.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Times several systems in one process, in turns: each round gives every system a slice of time,
 * one after the other, so that what disturbs one disturbs the others too.
 *
 * <p>JMH measures one method to its end before the next; on a shared machine the neighbours differ
 * by then. What JMH guards against is done here: warm-up until the compiler has seen every system,
 * calls counted by time, results that nobody can leave out since each goes on from the last.
 */
public final class Alternation {

    private static final double NANOS_A_MICRO = 1000;

    private final long warmUpNanos;
    private final long sliceNanos;
    private final int rounds;

    /** One system at work. */
    @FunctionalInterface
    public interface Timed {
        /** One call of what is timed. */
        void call();

        /** Nanoseconds of that many calls; of a process elsewhere, as it says itself. */
        default long nanos(long count) {
            long start = System.nanoTime();
            for (long i = 0; i < count; i++) {
                call();
            }
            return System.nanoTime() - start;
        }
    }

    /**
     * Times for that long.
     *
     * @param warmUpMillis for each system before the first round
     * @param sliceMillis for each system in each round
     */
    public Alternation(long warmUpMillis, long sliceMillis, int rounds) {
        this.warmUpNanos = warmUpMillis * 1_000_000;
        this.sliceNanos = sliceMillis * 1_000_000;
        this.rounds = rounds;
    }

    /**
     * Adds microseconds per event of each system.
     *
     * @param events of one call
     */
    public void measure(
            Measurements measurements,
            String cell,
            int events,
            Map<String, ? extends Timed> systems) {
        nanosPerCall(systems)
                .forEach(
                        (name, rounds) ->
                                rounds.forEach(
                                        nanos ->
                                                measurements.add(
                                                        cell,
                                                        name,
                                                        nanos / events / NANOS_A_MICRO)));
    }

    /** Nanoseconds of one call of each system, a number a round. */
    public Map<String, List<Double>> nanosPerCall(Map<String, ? extends Timed> systems) {
        Map<String, Long> calls = new LinkedHashMap<>();
        Map<String, List<Double>> nanos = new LinkedHashMap<>();
        systems.forEach((name, timed) -> calls.put(name, warmUp(timed)));
        for (int round = 0; round < rounds; round++) {
            systems.forEach(
                    (name, timed) -> {
                        long count = calls.getOrDefault(name, 1L);
                        nanos.computeIfAbsent(name, n -> new ArrayList<>())
                                .add((double) timed.nanos(count) / count);
                    });
        }
        return nanos;
    }

    /** Calls it long enough, and says how many calls fill a slice. */
    private long warmUp(Timed timed) {
        long count = 1;
        long taken = 0;
        long last = 0;
        while (taken < warmUpNanos) {
            last = timed.nanos(count);
            taken += last;
            if (last < sliceNanos / 2 && taken < warmUpNanos) {
                count *= 2;
            }
        }
        return Math.max(1, Math.round((double) count * sliceNanos / Math.max(1, last)));
    }
}
