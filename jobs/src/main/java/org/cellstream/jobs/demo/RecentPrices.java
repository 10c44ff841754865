package org.cellstream.jobs.demo;

/**
 * The last prices of one symbol by the number of its trade, which is the step of the forecast that
 * it leads to. Safe for the thread that sends and the one that shows.
 */
final class RecentPrices {

    private static final int KEPT = 4096;

    private final double[] prices = new double[KEPT];
    private long count;

    synchronized void add(double price) {
        prices[(int) (count % KEPT)] = price;
        count++;
    }

    /** Price of trade {@code step}, counted from 1; NaN if it is not there yet or no longer. */
    synchronized double price(long step) {
        return step < 1 || step > count || step <= count - KEPT
                ? Double.NaN
                : prices[(int) ((step - 1) % KEPT)];
    }
}
