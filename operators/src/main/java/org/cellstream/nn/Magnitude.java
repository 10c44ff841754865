package org.cellstream.nn;

/** How large a state has grown. */
public final class Magnitude {

    private Magnitude() {}

    /**
     * The largest absolute value of {@code values[from..to)}; NaN if one of them is NaN, 0 if there
     * are none.
     */
    public static float largest(float[] values, int from, int to) {
        return Kernels.best().largest(values, from, to);
    }
}
