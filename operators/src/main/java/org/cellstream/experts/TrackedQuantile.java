package org.cellstream.experts;

/**
 * A quantile of a key's scores that follows them: it rises by a part of itself at a score above it
 * and falls by a smaller one at every other, so that it stands still where the part of those above
 * is the right one. One double of a key.
 *
 * @see <a href="https://arxiv.org/abs/2307.16895">Angelopoulos, Candès and Tibshirani 2023</a>:
 *     quantile tracking; here on a logarithmic scale
 */
final class TrackedQuantile {

    /** By how much its logarithm moves, g. */
    private static final double STEP = 0.05;

    /** It stays within this factor of where it starts. */
    private static final double RANGE = 16;

    private final int at;
    private final double first;
    private final double up;
    private final double down;

    /**
     * @param level part of the scores that are at most the quantile, in (0, 1)
     * @param at its place in a key's memory
     */
    TrackedQuantile(double level, int at) {
        this.at = at;
        this.first = -StrictMath.log(1 - level); // of exponential scores with mean 1
        this.up = StrictMath.exp(STEP * level);
        this.down = StrictMath.exp(STEP * (level - 1));
    }

    void start(double[] memory) {
        memory[at] = first;
    }

    double of(double[] memory) {
        return memory[at];
    }

    void meet(double[] memory, boolean above) {
        double moved = memory[at] * (above ? up : down);
        memory[at] = Math.max(first / RANGE, Math.min(first * RANGE, moved));
    }
}
