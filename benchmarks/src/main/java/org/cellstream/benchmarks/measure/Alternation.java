package org.cellstream.benchmarks.measure;

import java.util.LinkedHashMap;
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
            Measurements measurements, String cell, int events, Map<String, Timed> systems) {
        Map<String, Long> calls = new LinkedHashMap<>();
        systems.forEach((name, timed) -> calls.put(name, warmUp(timed)));
        for (int round = 0; round < rounds; round++) {
            systems.forEach(
                    (name, timed) -> {
                        long count = calls.getOrDefault(name, 1L);
                        double nanos = (double) nanos(timed, count) / count / events;
                        measurements.add(cell, name, nanos / NANOS_A_MICRO);
                    });
        }
    }

    /** Calls it long enough, and says how many calls fill a slice. */
    private long warmUp(Timed timed) {
        long count = 1;
        long taken = 0;
        long last = 0;
        while (taken < warmUpNanos) {
            last = nanos(timed, count);
            taken += last;
            if (last < sliceNanos / 2 && taken < warmUpNanos) {
                count *= 2;
            }
        }
        return Math.max(1, Math.round((double) count * sliceNanos / Math.max(1, last)));
    }

    private static long nanos(Timed timed, long count) {
        long start = System.nanoTime();
        for (long i = 0; i < count; i++) {
            timed.call();
        }
        return System.nanoTime() - start;
    }
}
