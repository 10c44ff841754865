package org.cellstream.benchmarks.step;

/**
 * The most that a step's product could do: its multiply-adds at the pace of registers, or its
 * weights at the pace of the cache that holds them, whichever is less. The rows' inputs and states
 * are not counted as read, though they are.
 *
 * @param flopsPerSecond multiply-adds on registers, two operations each
 * @param bytesPerSecond read from the cache level that the weights fit in
 * @see <a href="https://doi.org/10.1145/1498765.1498785">Williams et al. 2009</a>
 */
record Roofline(double flopsPerSecond, double bytesPerSecond) {

    private static final double NANOS = 1e9;

    /** From nanoseconds of a call of each loop. */
    static Roofline of(double flops, double multiplyAddNanos, double bytes, double streamNanos) {
        return new Roofline(NANOS * flops / multiplyAddNanos, NANOS * bytes / streamNanos);
    }

    /** Floating-point operations per second that this cell could reach. */
    double of(StepCell cell) {
        return Math.min(flopsPerSecond, bytesPerSecond * cell.flops() / cell.weightBytes());
    }

    /** Which part of that a step reaches which takes so long, gates and all included. */
    double part(StepCell cell, double nanos) {
        return NANOS * cell.flops() / nanos / of(cell);
    }
}
