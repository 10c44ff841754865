package org.cellstream.features;

/**
 * A count of values whose fraction tells from what the statistics started: for how many values the
 * usual location and the usual scale stood when there was none yet. So what a key remembers is as
 * large as before there was a {@link Prior}, and a count without a fraction means what it did.
 */
final class StartedCount {

    private static final int BITS = 6;
    private static final int MASK = (1 << BITS) - 1;
    private static final double UNIT = 1.0 / (1 << (2 * BITS));

    private StartedCount() {}

    /** What a count of no values starts from. */
    static double of(int locationEvents, int scaleEvents) {
        return (locationEvents | scaleEvents << BITS) * UNIT;
    }

    /** Values that were counted, and those that the usual location stands for. */
    static double forLocation(double count) {
        double whole = Math.floor(count);
        return count == whole ? count : whole + (fraction(count - whole) & MASK);
    }

    /** Values that were counted, and those that the usual scale stands for. */
    static double forScale(double count) {
        double whole = Math.floor(count);
        return count == whole ? count : whole + (fraction(count - whole) >> BITS);
    }

    private static int fraction(double part) {
        return (int) (part / UNIT);
    }
}
