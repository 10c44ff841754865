package org.cellstream.experts;

/**
 * How large a key's numbers of some kind are: a running mean of their sizes on which no single one
 * has much influence, so that garbage of 1e30 is not felt for the next ten thousand events. One
 * double of a key, 0 while all were 0.
 */
final class RunningSize {

    /** Beyond so many means a size counts as so many. */
    private static final double MOST = 10;

    /** Sizes that count whole, as there is no mean yet to hold them against. */
    private static final int FEW = 10;

    /** Below this part of the mean a size shows that the mean is of other times. */
    private static final double LEAST = 1e-6;

    private static final double HALF = 0.5;

    private RunningSize() {}

    /**
     * The largest size that counts whole.
     *
     * @param count sizes so far
     */
    static double most(double mean, double count) {
        return count < FEW || mean == 0 ? Double.MAX_VALUE : MOST * mean;
    }

    /**
     * The mean after one more size.
     *
     * @param size at least 0, cut already
     * @param weight of it, in (0, 1]
     */
    static double next(double mean, double size, double weight) {
        boolean ofOtherTimes = size > 0 && size < LEAST * mean;
        double its = ofOtherTimes ? Math.max(weight, HALF) : weight;
        double moved = mean + its * (size - mean);
        return moved < Double.MIN_NORMAL
                ? 0
                : moved; // what is left of one long ago is 0 in the end
    }
}
