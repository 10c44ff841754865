package org.cellstream.jobs.model;

import java.util.Arrays;
import java.util.Random;

/** Files that were cut, or in which a few bytes were changed. */
final class Mutations {

    private static final int START = 4096;

    private Mutations() {}

    static byte[] of(byte[] whole, Random random) {
        if (random.nextInt(4) == 0) {
            return Arrays.copyOf(whole, random.nextInt(whole.length));
        }
        byte[] changed = whole.clone();
        int reach = random.nextInt(4) == 0 ? whole.length : Math.min(START, whole.length);
        for (int n = 1 + random.nextInt(8); n > 0; n--) {
            changed[random.nextInt(reach)] = (byte) random.nextInt();
        }
        return changed;
    }
}
