package org.cellstream.benchmarks.harness;

/**
 * Finds how many events fill a slice while a job warms up: more and more of them, until the job has
 * run long enough, a run took about as long as a slice, and the last run was no faster than those
 * before. Until the compiler has seen them, operations on vectors are objects and take a hundred
 * times longer.
 */
public final class SliceSearch {

    private static final long FIRST = 1000;
    private static final int GROWTH = 8;
    private static final int SHRINKING = 2;
    private static final double SHORTEST = 0.5;
    private static final int LONGEST = 2;
    private static final int MOST_RUNS = 40;
    private static final double FASTER = 1.2;
    private static final int SETTLED_RUNS = 1;

    private final Pace pace;
    private long events = FIRST;
    private double taken;
    private double best;
    private int settled;
    private int runs;
    private boolean found;

    public SliceSearch(Pace pace) {
        this.pace = pace;
    }

    /** Events of the next run; once it is found, of a slice. */
    public long events() {
        return events;
    }

    /**
     * Whether {@link #events} fill a slice. A machine that is never steady gets what it had last.
     */
    public boolean found() {
        return found;
    }

    /** Takes how long that many events took. */
    public void took(double millis) {
        taken += millis;
        runs++;
        double slices = millis / pace.sliceMillis();
        boolean near = slices >= SHORTEST && slices <= LONGEST;
        double rate = events / millis;
        settled = near && rate < best * FASTER ? settled + 1 : 0;
        best = Math.max(best, rate);
        boolean enough = settled >= SETTLED_RUNS || runs >= MOST_RUNS;
        found = taken >= pace.warmUpMillis() && enough;
        long wanted = (long) Math.ceil(events / slices);
        events = Math.max(events / SHRINKING, Math.min(wanted, events * GROWTH));
    }
}
