package org.cellstream.nn;

/**
 * Random numbers that are a hash of (seed, name, index), in no order and without state.
 *
 * @see <a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea and Flood 2014</a>:
 *     SplitMix64, whose n-th output is a hash of n. Here the name is hashed into its seed
 */
public final class Draws {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    /** 52 bits, so that a half can be added and the largest number is below 1. */
    private static final double STEP = 0x1p-52;

    private final long start;

    public Draws(long seed, String name) {
        long hash = mix(seed + GAMMA);
        for (int i = 0; i < name.length(); i++) {
            hash = mix(hash + GAMMA + name.charAt(i));
        }
        this.start = hash;
    }

    private Draws(long start) {
        this.start = start;
    }

    /** Other draws, a hash of these and {@code index}. */
    public Draws at(long index) {
        return new Draws(mix(mix(start + (index + 1) * GAMMA)));
    }

    /** Uniform in (0, 1), both ends excluded. */
    public double uniform(long index) {
        return ((mix(start + (index + 1) * GAMMA) >>> 12) + 0.5) * STEP;
    }

    /**
     * Normal, mean 0 and variance 1, by Box and Muller; {@link StrictMath}, whose bits no machine
     * changes.
     */
    double normal(long index) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform(2 * index)));
        return radius * StrictMath.cos(2 * Math.PI * uniform(2 * index + 1));
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
