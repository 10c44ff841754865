package org.cellstream.nn;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static org.cellstream.nn.VectorWidth.LANES;
import static org.cellstream.nn.VectorWidth.SPECIES;
import static org.cellstream.nn.VectorWidth.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * Sums of a panel of one or four vectors of units, over all inputs of a row in one loop, several
 * rows at a time.
 */
final class VectorSums {

    private VectorSums() {}

    /** For panels of four vectors. */
    static void sums4(float[] weights, int at, int rows, Rows in, float[] sums) {
        int r = 0;
        for (; r + 4 <= rows; r += 4) {
            tile4x4(weights, at, in, r, sums);
        }
        for (; r < rows; r++) {
            tile1x4(weights, at, in, in.start(r), sums, r * WIDTH);
        }
    }

    /** For panels of one vector. */
    static void sums1(float[] weights, int at, int rows, Rows in, float[] sums) {
        int r = 0;
        for (; r + 8 <= rows; r += 8) {
            tile8x1(weights, at, in, r, sums);
        }
        for (; r < rows; r++) {
            tile1x1(weights, at, in, r, sums);
        }
    }

    /**
     * Sums of the rows {@code row} to {@code row + 3}. Longer than a method should be: its 16
     * accumulators cannot leave it.
     */
    @SuppressWarnings("checkstyle:MethodLength")
    private static void tile4x4(float[] weights, int at, Rows in, int row, float[] sums) {
        float[] x = in.values;
        int n = in.width;
        int to = row * WIDTH;
        int a = in.start(row);
        int b = in.start(row + 1);
        int c = in.start(row + 2);
        int d = in.start(row + 3);
        FloatVector a0 = fromArray(SPECIES, weights, at);
        FloatVector a1 = fromArray(SPECIES, weights, at + LANES);
        FloatVector a2 = fromArray(SPECIES, weights, at + 2 * LANES);
        FloatVector a3 = fromArray(SPECIES, weights, at + 3 * LANES);
        FloatVector b0 = a0;
        FloatVector b1 = a1;
        FloatVector b2 = a2;
        FloatVector b3 = a3;
        FloatVector c0 = a0;
        FloatVector c1 = a1;
        FloatVector c2 = a2;
        FloatVector c3 = a3;
        FloatVector d0 = a0;
        FloatVector d1 = a1;
        FloatVector d2 = a2;
        FloatVector d3 = a3;
        for (int k = 0; k < n; k++) {
            int w = at + (k + 1) * WIDTH;
            FloatVector w0 = fromArray(SPECIES, weights, w);
            FloatVector w1 = fromArray(SPECIES, weights, w + LANES);
            FloatVector w2 = fromArray(SPECIES, weights, w + 2 * LANES);
            FloatVector w3 = fromArray(SPECIES, weights, w + 3 * LANES);
            FloatVector xa = broadcast(SPECIES, x[a + k]);
            a0 = xa.fma(w0, a0);
            a1 = xa.fma(w1, a1);
            a2 = xa.fma(w2, a2);
            a3 = xa.fma(w3, a3);
            FloatVector xb = broadcast(SPECIES, x[b + k]);
            b0 = xb.fma(w0, b0);
            b1 = xb.fma(w1, b1);
            b2 = xb.fma(w2, b2);
            b3 = xb.fma(w3, b3);
            FloatVector xc = broadcast(SPECIES, x[c + k]);
            c0 = xc.fma(w0, c0);
            c1 = xc.fma(w1, c1);
            c2 = xc.fma(w2, c2);
            c3 = xc.fma(w3, c3);
            FloatVector xd = broadcast(SPECIES, x[d + k]);
            d0 = xd.fma(w0, d0);
            d1 = xd.fma(w1, d1);
            d2 = xd.fma(w2, d2);
            d3 = xd.fma(w3, d3);
        }
        a0.intoArray(sums, to);
        a1.intoArray(sums, to + LANES);
        a2.intoArray(sums, to + 2 * LANES);
        a3.intoArray(sums, to + 3 * LANES);
        b0.intoArray(sums, to + 4 * LANES);
        b1.intoArray(sums, to + 5 * LANES);
        b2.intoArray(sums, to + 6 * LANES);
        b3.intoArray(sums, to + 7 * LANES);
        c0.intoArray(sums, to + 8 * LANES);
        c1.intoArray(sums, to + 9 * LANES);
        c2.intoArray(sums, to + 10 * LANES);
        c3.intoArray(sums, to + 11 * LANES);
        d0.intoArray(sums, to + 12 * LANES);
        d1.intoArray(sums, to + 13 * LANES);
        d2.intoArray(sums, to + 14 * LANES);
        d3.intoArray(sums, to + 15 * LANES);
    }

    /** Sums of one row, whose inputs are at {@code a}, to {@code to}. */
    @SuppressWarnings("checkstyle:ParameterNumber")
    private static void tile1x4(float[] weights, int at, Rows in, int a, float[] sums, int to) {
        float[] x = in.values;
        int n = in.width;
        FloatVector a0 = fromArray(SPECIES, weights, at);
        FloatVector a1 = fromArray(SPECIES, weights, at + LANES);
        FloatVector a2 = fromArray(SPECIES, weights, at + 2 * LANES);
        FloatVector a3 = fromArray(SPECIES, weights, at + 3 * LANES);
        for (int k = 0; k < n; k++) {
            int w = at + (k + 1) * WIDTH;
            FloatVector xa = broadcast(SPECIES, x[a + k]);
            a0 = xa.fma(fromArray(SPECIES, weights, w), a0);
            a1 = xa.fma(fromArray(SPECIES, weights, w + LANES), a1);
            a2 = xa.fma(fromArray(SPECIES, weights, w + 2 * LANES), a2);
            a3 = xa.fma(fromArray(SPECIES, weights, w + 3 * LANES), a3);
        }
        a0.intoArray(sums, to);
        a1.intoArray(sums, to + LANES);
        a2.intoArray(sums, to + 2 * LANES);
        a3.intoArray(sums, to + 3 * LANES);
    }

    /**
     * Sums of one row over two panels at a time: one alone has too few accumulators to hide the
     * latency of a multiply-add.
     *
     * @param backwards whether the last panels come first
     */
    @SuppressWarnings("checkstyle:ParameterNumber")
    static void row4(Panels weights, Rows in, boolean backwards, float[] sums) {
        int count = weights.count();
        int pairs = (count + 1) / 2;
        for (int i = 0; i < pairs; i++) {
            int panel = 2 * (backwards ? pairs - 1 - i : i);
            int at = weights.start(panel);
            if (panel + 1 < count) {
                int apart = weights.start(panel + 1) - at;
                tile1x8(weights.values, at, apart, in, sums, panel * WIDTH);
            } else {
                tile1x4(weights.values, at, in, in.start(0), sums, panel * WIDTH);
            }
        }
    }

    /** Sums of the first row over two panels. */
    @SuppressWarnings({"checkstyle:MethodLength", "checkstyle:ParameterNumber"})
    private static void tile1x8(float[] weights, int at, int apart, Rows in, float[] sums, int to) {
        float[] x = in.values;
        int n = in.width;
        int a = in.start(0);
        int next = at + apart;
        FloatVector a0 = fromArray(SPECIES, weights, at);
        FloatVector a1 = fromArray(SPECIES, weights, at + LANES);
        FloatVector a2 = fromArray(SPECIES, weights, at + 2 * LANES);
        FloatVector a3 = fromArray(SPECIES, weights, at + 3 * LANES);
        FloatVector b0 = fromArray(SPECIES, weights, next);
        FloatVector b1 = fromArray(SPECIES, weights, next + LANES);
        FloatVector b2 = fromArray(SPECIES, weights, next + 2 * LANES);
        FloatVector b3 = fromArray(SPECIES, weights, next + 3 * LANES);
        for (int k = 0; k < n; k++) {
            int w = at + (k + 1) * WIDTH;
            int v = w + apart;
            FloatVector xa = broadcast(SPECIES, x[a + k]);
            a0 = xa.fma(fromArray(SPECIES, weights, w), a0);
            a1 = xa.fma(fromArray(SPECIES, weights, w + LANES), a1);
            a2 = xa.fma(fromArray(SPECIES, weights, w + 2 * LANES), a2);
            a3 = xa.fma(fromArray(SPECIES, weights, w + 3 * LANES), a3);
            b0 = xa.fma(fromArray(SPECIES, weights, v), b0);
            b1 = xa.fma(fromArray(SPECIES, weights, v + LANES), b1);
            b2 = xa.fma(fromArray(SPECIES, weights, v + 2 * LANES), b2);
            b3 = xa.fma(fromArray(SPECIES, weights, v + 3 * LANES), b3);
        }
        a0.intoArray(sums, to);
        a1.intoArray(sums, to + LANES);
        a2.intoArray(sums, to + 2 * LANES);
        a3.intoArray(sums, to + 3 * LANES);
        b0.intoArray(sums, to + 4 * LANES);
        b1.intoArray(sums, to + 5 * LANES);
        b2.intoArray(sums, to + 6 * LANES);
        b3.intoArray(sums, to + 7 * LANES);
    }

    @SuppressWarnings("checkstyle:MethodLength")
    private static void tile8x1(float[] weights, int at, Rows in, int row, float[] sums) {
        float[] x = in.values;
        int n = in.width;
        int to = row * LANES;
        int a = in.start(row);
        int b = in.start(row + 1);
        int c = in.start(row + 2);
        int d = in.start(row + 3);
        int e = in.start(row + 4);
        int f = in.start(row + 5);
        int g = in.start(row + 6);
        int h = in.start(row + 7);
        FloatVector a0 = fromArray(SPECIES, weights, at);
        FloatVector b0 = a0;
        FloatVector c0 = a0;
        FloatVector d0 = a0;
        FloatVector e0 = a0;
        FloatVector f0 = a0;
        FloatVector g0 = a0;
        FloatVector h0 = a0;
        for (int k = 0; k < n; k++) {
            int w = at + (k + 1) * LANES;
            FloatVector w0 = fromArray(SPECIES, weights, w);
            a0 = broadcast(SPECIES, x[a + k]).fma(w0, a0);
            b0 = broadcast(SPECIES, x[b + k]).fma(w0, b0);
            c0 = broadcast(SPECIES, x[c + k]).fma(w0, c0);
            d0 = broadcast(SPECIES, x[d + k]).fma(w0, d0);
            e0 = broadcast(SPECIES, x[e + k]).fma(w0, e0);
            f0 = broadcast(SPECIES, x[f + k]).fma(w0, f0);
            g0 = broadcast(SPECIES, x[g + k]).fma(w0, g0);
            h0 = broadcast(SPECIES, x[h + k]).fma(w0, h0);
        }
        a0.intoArray(sums, to);
        b0.intoArray(sums, to + LANES);
        c0.intoArray(sums, to + 2 * LANES);
        d0.intoArray(sums, to + 3 * LANES);
        e0.intoArray(sums, to + 4 * LANES);
        f0.intoArray(sums, to + 5 * LANES);
        g0.intoArray(sums, to + 6 * LANES);
        h0.intoArray(sums, to + 7 * LANES);
    }

    private static void tile1x1(float[] weights, int at, Rows in, int row, float[] sums) {
        float[] x = in.values;
        int n = in.width;
        int to = row * LANES;
        int a = in.start(row);
        FloatVector a0 = fromArray(SPECIES, weights, at);
        for (int k = 0; k < n; k++) {
            int w = at + (k + 1) * LANES;
            a0 = broadcast(SPECIES, x[a + k]).fma(fromArray(SPECIES, weights, w), a0);
        }
        a0.intoArray(sums, to);
    }
}
