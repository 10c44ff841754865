package org.cellstream.nn;

import java.util.SplittableRandom;

/** Numbers to feed networks with, the same for the same seed. */
final class TestingNumbers {

    private TestingNumbers() {}

    /** Uniform between -2 and 2, so that gates are neither idle nor all saturated. */
    static float[] floats(long seed, int n) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] floats = new float[n];
        for (int i = 0; i < n; i++) {
            floats[i] = (float) (4 * random.nextDouble() - 2);
        }
        return floats;
    }
}
