package org.cellstream.nn;

import java.util.Arrays;
import java.util.SplittableRandom;

/** States in random order in one array, with gaps of NaN between them, aligned to nothing. */
final class TestingSlab {

    final float[] states;
    final int[] at;
    private final int stateSize;

    TestingSlab(int rows, int stateSize) {
        this.stateSize = stateSize;
        this.at = new int[rows];
        SplittableRandom random = new SplittableRandom(rows);
        int end = random.nextInt(20);
        for (int r = 0; r < rows; r++) {
            int other = random.nextInt(r + 1);
            at[r] = at[other];
            at[other] = end;
            end += stateSize + random.nextInt(20);
        }
        this.states = new float[end];
        Arrays.fill(states, Float.NaN);
    }

    /** Takes {@code [rows, stateSize]} states, each to its place. */
    void fill(float[] rows) {
        for (int r = 0; r < at.length; r++) {
            System.arraycopy(rows, r * stateSize, states, at[r], stateSize);
        }
    }
}
