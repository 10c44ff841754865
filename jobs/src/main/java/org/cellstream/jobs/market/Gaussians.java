package org.cellstream.jobs.market;

import java.util.SplittableRandom;

/**
 * Normal random numbers that are the same on every JDK.
 *
 * @see <a href="https://doi.org/10.1214/aoms/1177706645">Box and Muller 1958</a>; the second number
 *     of each pair is left unused
 */
final class Gaussians {

    private final SplittableRandom random;

    Gaussians(SplittableRandom random) {
        this.random = random;
    }

    /** A number from the normal distribution with mean 0 and variance 1. */
    double next() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }
}
