package org.cellstream.nn;

import java.util.Arrays;

/**
 * What dropout multiplies the units of some windows by in one optimiser step: 0, or what keeps the
 * mean. Each number is a hash of the seed, the step, the layer's name, the window and the unit, so
 * that a job that goes on from a checkpoint drops the same units.
 */
public final class DropoutMasks {

    /** Stands for a row without a window, which drops nothing. */
    public static final int NO_WINDOW = -1;

    private final long seed;
    private final long step;
    private final int[] windows;

    /**
     * Masks of one optimiser step.
     *
     * @param step optimiser steps taken before
     * @param windows for each row the index of its window in the minibatch, or {@link #NO_WINDOW};
     *     copied
     */
    public DropoutMasks(long seed, long step, int... windows) {
        this.seed = seed;
        this.step = step;
        this.windows = windows.clone();
    }

    /**
     * Draws a mask.
     *
     * @param name the layer's, and which mask of it if it has several
     * @param rate share of units that are dropped, 0 to below 1
     * @param mask {@code [B, units]}, overwritten
     */
    void fill(String name, double rate, float[] mask) {
        Draws draws = new Draws(seed, name).at(step);
        float kept = (float) (1 / (1 - rate));
        int units = mask.length / windows.length;
        Arrays.fill(mask, 1);
        for (int row = 0; row < windows.length; row++) {
            if (windows[row] != NO_WINDOW) {
                Draws ofWindow = draws.at(windows[row]);
                for (int u = 0; u < units; u++) {
                    mask[row * units + u] = ofWindow.uniform(u) < rate ? 0 : kept;
                }
            }
        }
    }
}
