package org.cellstream.experts;

/**
 * One key's last targets and how they vary: its running mean, the mean distance from it and the
 * mean distance from one target to the next, each new value with the weight max(1/n, 0.002). Mean
 * distances and not deviations, and those cut to ten times the mean: a single enormous value counts
 * little, and no square overflows.
 *
 * <p>A view of the key whose numbers it was {@link #of pointed at} last.
 */
final class Series {

    private static final double RATE = 0.002;

    private static final int COUNT = 0;
    private static final int MEAN = 1;
    private static final int SPREAD = 2;
    private static final int CHANGE = 3;
    private static final int NEXT = 4;
    private static final int KNOWN = 5;
    private static final int RING = 6;

    private final int room;
    private double[] memory = {};

    /**
     * @param room last targets that a key keeps
     */
    Series(int room) {
        this.room = room;
    }

    /** Doubles of one key; they are its first. */
    int size() {
        return RING + room;
    }

    void of(double[] numbers) {
        memory = numbers;
    }

    /** How many targets there have been. */
    double count() {
        return memory[COUNT];
    }

    /** Whether the last {@code lags} targets are known. */
    boolean knows(int lags) {
        return memory[KNOWN] >= lags;
    }

    /** The target so many events before the last one. */
    double lag(int events) {
        int place = (int) memory[NEXT] - 1 - events;
        return memory[RING + (place < 0 ? place + room : place)];
    }

    /** The last target; there has to be one. */
    double last() {
        return lag(0);
    }

    double mean() {
        return memory[MEAN];
    }

    /** Mean distance from the mean; 0 while unknown, and of a key that does not vary. */
    double spread() {
        return memory[SPREAD];
    }

    /** Mean distance from one target to the next; 0 while unknown, and if it does not vary. */
    double change() {
        return memory[CHANGE];
    }

    /** What comes next does not follow what came before: the last targets are forgotten. */
    void startAnew() {
        memory[NEXT] = 0;
        memory[KNOWN] = 0;
    }

    void add(double target) {
        double count = memory[COUNT] + 1;
        double weight = Math.max(1 / count, RATE);
        double distance = confined(target - memory[MEAN], memory[SPREAD], count - 1);
        memory[COUNT] = count;
        memory[MEAN] += weight * distance;
        memory[SPREAD] =
                RunningSize.next(memory[SPREAD], (1 - weight) * Math.abs(distance), weight);
        if (knows(1)) {
            double change = Math.abs(confined(target - last(), memory[CHANGE], count - 2));
            double ofChanges = Math.max(1 / Math.max(1, count - 1), RATE);
            memory[CHANGE] = RunningSize.next(memory[CHANGE], change, ofChanges);
        }
        int place = (int) memory[NEXT];
        memory[RING + place] = target;
        memory[NEXT] = place + 1 == room ? 0 : place + 1;
        memory[KNOWN] = Math.min(room, memory[KNOWN] + 1);
    }

    private static double confined(double distance, double mean, double count) {
        double most = RunningSize.most(mean, count);
        return Math.max(-most, Math.min(most, distance));
    }

    static double finite(double value) {
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
    }
}
