package org.cellstream.nn;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static org.cellstream.nn.VectorWidth.GRU_WIDTH;
import static org.cellstream.nn.VectorWidth.LANES;
import static org.cellstream.nn.VectorWidth.SPECIES;
import static org.cellstream.nn.VectorWidth.WIDTH;

import jdk.incubator.vector.FloatVector;

/** {@link Kernels#gruSums} of several rows at a time. */
final class VectorGruSums {

    private VectorGruSums() {}

    /** Sums of eight rows; the two halves are apart since one method would be too long. */
    @SuppressWarnings("checkstyle:ParameterNumber")
    static void tile8x3(
            float[] w, int at, float[] u, int atH, int n, Rows in, int row, float[] sums) {
        inputs8x3(w, at, n, in, row, sums);
        hidden8x3(u, atH, n, in, row, sums);
    }

    /** Sums of four rows. */
    @SuppressWarnings("checkstyle:ParameterNumber")
    static void tile4x3(
            float[] w, int at, float[] u, int atH, int n, Rows in, int row, float[] sums) {
        inputs4x3(w, at, n, in, row, sums);
        hidden4x3(u, atH, n, in, row, sums);
    }

    /** Sums of 8 rows over inputs; their accumulators cannot leave a method. */
    @SuppressWarnings({"checkstyle:MethodLength", "checkstyle:ParameterNumber"})
    private static void inputs8x3(float[] weights, int at, int n, Rows in, int row, float[] sums) {
        float[] x = in.values;
        int to = row * WIDTH;
        int a = in.start(row);
        int b = in.start(row + 1);
        int c = in.start(row + 2);
        int d = in.start(row + 3);
        int e = in.start(row + 4);
        int f = in.start(row + 5);
        int g = in.start(row + 6);
        int h = in.start(row + 7);
        FloatVector a0 = fromArray(SPECIES, weights, at);
        FloatVector a1 = fromArray(SPECIES, weights, at + LANES);
        FloatVector a2 = fromArray(SPECIES, weights, at + 2 * LANES);
        FloatVector b0 = a0;
        FloatVector b1 = a1;
        FloatVector b2 = a2;
        FloatVector c0 = a0;
        FloatVector c1 = a1;
        FloatVector c2 = a2;
        FloatVector d0 = a0;
        FloatVector d1 = a1;
        FloatVector d2 = a2;
        FloatVector e0 = a0;
        FloatVector e1 = a1;
        FloatVector e2 = a2;
        FloatVector f0 = a0;
        FloatVector f1 = a1;
        FloatVector f2 = a2;
        FloatVector g0 = a0;
        FloatVector g1 = a1;
        FloatVector g2 = a2;
        FloatVector h0 = a0;
        FloatVector h1 = a1;
        FloatVector h2 = a2;
        for (int k = 0; k < n; k++) {
            int w = at + (k + 1) * GRU_WIDTH;
            FloatVector w0 = fromArray(SPECIES, weights, w);
            FloatVector w1 = fromArray(SPECIES, weights, w + LANES);
            FloatVector w2 = fromArray(SPECIES, weights, w + 2 * LANES);
            FloatVector xa = broadcast(SPECIES, x[a + k]);
            a0 = xa.fma(w0, a0);
            a1 = xa.fma(w1, a1);
            a2 = xa.fma(w2, a2);
            FloatVector xb = broadcast(SPECIES, x[b + k]);
            b0 = xb.fma(w0, b0);
            b1 = xb.fma(w1, b1);
            b2 = xb.fma(w2, b2);
            FloatVector xc = broadcast(SPECIES, x[c + k]);
            c0 = xc.fma(w0, c0);
            c1 = xc.fma(w1, c1);
            c2 = xc.fma(w2, c2);
            FloatVector xd = broadcast(SPECIES, x[d + k]);
            d0 = xd.fma(w0, d0);
            d1 = xd.fma(w1, d1);
            d2 = xd.fma(w2, d2);
            FloatVector xe = broadcast(SPECIES, x[e + k]);
            e0 = xe.fma(w0, e0);
            e1 = xe.fma(w1, e1);
            e2 = xe.fma(w2, e2);
            FloatVector xf = broadcast(SPECIES, x[f + k]);
            f0 = xf.fma(w0, f0);
            f1 = xf.fma(w1, f1);
            f2 = xf.fma(w2, f2);
            FloatVector xg = broadcast(SPECIES, x[g + k]);
            g0 = xg.fma(w0, g0);
            g1 = xg.fma(w1, g1);
            g2 = xg.fma(w2, g2);
            FloatVector xh = broadcast(SPECIES, x[h + k]);
            h0 = xh.fma(w0, h0);
            h1 = xh.fma(w1, h1);
            h2 = xh.fma(w2, h2);
        }
        a0.intoArray(sums, to);
        a1.intoArray(sums, to + LANES);
        a2.intoArray(sums, to + 2 * LANES);
        b0.intoArray(sums, to + 4 * LANES);
        b1.intoArray(sums, to + 5 * LANES);
        b2.intoArray(sums, to + 6 * LANES);
        c0.intoArray(sums, to + 8 * LANES);
        c1.intoArray(sums, to + 9 * LANES);
        c2.intoArray(sums, to + 10 * LANES);
        d0.intoArray(sums, to + 12 * LANES);
        d1.intoArray(sums, to + 13 * LANES);
        d2.intoArray(sums, to + 14 * LANES);
        e0.intoArray(sums, to + 16 * LANES);
        e1.intoArray(sums, to + 17 * LANES);
        e2.intoArray(sums, to + 18 * LANES);
        f0.intoArray(sums, to + 20 * LANES);
        f1.intoArray(sums, to + 21 * LANES);
        f2.intoArray(sums, to + 22 * LANES);
        g0.intoArray(sums, to + 24 * LANES);
        g1.intoArray(sums, to + 25 * LANES);
        g2.intoArray(sums, to + 26 * LANES);
        h0.intoArray(sums, to + 28 * LANES);
        h1.intoArray(sums, to + 29 * LANES);
        h2.intoArray(sums, to + 30 * LANES);
    }

    /** Adds sums of 8 rows over h; the candidate's begin with their bias. */
    @SuppressWarnings({"checkstyle:MethodLength", "checkstyle:ParameterNumber"})
    private static void hidden8x3(float[] weights, int at, int n, Rows in, int row, float[] sums) {
        float[] x = in.values;
        int to = row * WIDTH;
        int width = in.width;
        int a = in.start(row);
        int b = in.start(row + 1);
        int c = in.start(row + 2);
        int d = in.start(row + 3);
        int e = in.start(row + 4);
        int f = in.start(row + 5);
        int g = in.start(row + 6);
        int h = in.start(row + 7);
        FloatVector a0 = fromArray(SPECIES, sums, to);
        FloatVector a1 = fromArray(SPECIES, sums, to + LANES);
        FloatVector a2 = fromArray(SPECIES, weights, at + 2 * LANES);
        FloatVector b0 = fromArray(SPECIES, sums, to + 4 * LANES);
        FloatVector b1 = fromArray(SPECIES, sums, to + 5 * LANES);
        FloatVector b2 = a2;
        FloatVector c0 = fromArray(SPECIES, sums, to + 8 * LANES);
        FloatVector c1 = fromArray(SPECIES, sums, to + 9 * LANES);
        FloatVector c2 = a2;
        FloatVector d0 = fromArray(SPECIES, sums, to + 12 * LANES);
        FloatVector d1 = fromArray(SPECIES, sums, to + 13 * LANES);
        FloatVector d2 = a2;
        FloatVector e0 = fromArray(SPECIES, sums, to + 16 * LANES);
        FloatVector e1 = fromArray(SPECIES, sums, to + 17 * LANES);
        FloatVector e2 = a2;
        FloatVector f0 = fromArray(SPECIES, sums, to + 20 * LANES);
        FloatVector f1 = fromArray(SPECIES, sums, to + 21 * LANES);
        FloatVector f2 = a2;
        FloatVector g0 = fromArray(SPECIES, sums, to + 24 * LANES);
        FloatVector g1 = fromArray(SPECIES, sums, to + 25 * LANES);
        FloatVector g2 = a2;
        FloatVector h0 = fromArray(SPECIES, sums, to + 28 * LANES);
        FloatVector h1 = fromArray(SPECIES, sums, to + 29 * LANES);
        FloatVector h2 = a2;
        for (int k = n; k < width; k++) {
            int w = at + (k - n + 1) * GRU_WIDTH;
            FloatVector w0 = fromArray(SPECIES, weights, w);
            FloatVector w1 = fromArray(SPECIES, weights, w + LANES);
            FloatVector w2 = fromArray(SPECIES, weights, w + 2 * LANES);
            FloatVector xa = broadcast(SPECIES, x[a + k]);
            a0 = xa.fma(w0, a0);
            a1 = xa.fma(w1, a1);
            a2 = xa.fma(w2, a2);
            FloatVector xb = broadcast(SPECIES, x[b + k]);
            b0 = xb.fma(w0, b0);
            b1 = xb.fma(w1, b1);
            b2 = xb.fma(w2, b2);
            FloatVector xc = broadcast(SPECIES, x[c + k]);
            c0 = xc.fma(w0, c0);
            c1 = xc.fma(w1, c1);
            c2 = xc.fma(w2, c2);
            FloatVector xd = broadcast(SPECIES, x[d + k]);
            d0 = xd.fma(w0, d0);
            d1 = xd.fma(w1, d1);
            d2 = xd.fma(w2, d2);
            FloatVector xe = broadcast(SPECIES, x[e + k]);
            e0 = xe.fma(w0, e0);
            e1 = xe.fma(w1, e1);
            e2 = xe.fma(w2, e2);
            FloatVector xf = broadcast(SPECIES, x[f + k]);
            f0 = xf.fma(w0, f0);
            f1 = xf.fma(w1, f1);
            f2 = xf.fma(w2, f2);
            FloatVector xg = broadcast(SPECIES, x[g + k]);
            g0 = xg.fma(w0, g0);
            g1 = xg.fma(w1, g1);
            g2 = xg.fma(w2, g2);
            FloatVector xh = broadcast(SPECIES, x[h + k]);
            h0 = xh.fma(w0, h0);
            h1 = xh.fma(w1, h1);
            h2 = xh.fma(w2, h2);
        }
        a0.intoArray(sums, to);
        a1.intoArray(sums, to + LANES);
        a2.intoArray(sums, to + 3 * LANES);
        b0.intoArray(sums, to + 4 * LANES);
        b1.intoArray(sums, to + 5 * LANES);
        b2.intoArray(sums, to + 7 * LANES);
        c0.intoArray(sums, to + 8 * LANES);
        c1.intoArray(sums, to + 9 * LANES);
        c2.intoArray(sums, to + 11 * LANES);
        d0.intoArray(sums, to + 12 * LANES);
        d1.intoArray(sums, to + 13 * LANES);
        d2.intoArray(sums, to + 15 * LANES);
        e0.intoArray(sums, to + 16 * LANES);
        e1.intoArray(sums, to + 17 * LANES);
        e2.intoArray(sums, to + 19 * LANES);
        f0.intoArray(sums, to + 20 * LANES);
        f1.intoArray(sums, to + 21 * LANES);
        f2.intoArray(sums, to + 23 * LANES);
        g0.intoArray(sums, to + 24 * LANES);
        g1.intoArray(sums, to + 25 * LANES);
        g2.intoArray(sums, to + 27 * LANES);
        h0.intoArray(sums, to + 28 * LANES);
        h1.intoArray(sums, to + 29 * LANES);
        h2.intoArray(sums, to + 31 * LANES);
    }

    /** Sums of 4 rows over inputs; their accumulators cannot leave a method. */
    @SuppressWarnings({"checkstyle:MethodLength", "checkstyle:ParameterNumber"})
    private static void inputs4x3(float[] weights, int at, int n, Rows in, int row, float[] sums) {
        float[] x = in.values;
        int to = row * WIDTH;
        int a = in.start(row);
        int b = in.start(row + 1);
        int c = in.start(row + 2);
        int d = in.start(row + 3);
        FloatVector a0 = fromArray(SPECIES, weights, at);
        FloatVector a1 = fromArray(SPECIES, weights, at + LANES);
        FloatVector a2 = fromArray(SPECIES, weights, at + 2 * LANES);
        FloatVector b0 = a0;
        FloatVector b1 = a1;
        FloatVector b2 = a2;
        FloatVector c0 = a0;
        FloatVector c1 = a1;
        FloatVector c2 = a2;
        FloatVector d0 = a0;
        FloatVector d1 = a1;
        FloatVector d2 = a2;
        for (int k = 0; k < n; k++) {
            int w = at + (k + 1) * GRU_WIDTH;
            FloatVector w0 = fromArray(SPECIES, weights, w);
            FloatVector w1 = fromArray(SPECIES, weights, w + LANES);
            FloatVector w2 = fromArray(SPECIES, weights, w + 2 * LANES);
            FloatVector xa = broadcast(SPECIES, x[a + k]);
            a0 = xa.fma(w0, a0);
            a1 = xa.fma(w1, a1);
            a2 = xa.fma(w2, a2);
            FloatVector xb = broadcast(SPECIES, x[b + k]);
            b0 = xb.fma(w0, b0);
            b1 = xb.fma(w1, b1);
            b2 = xb.fma(w2, b2);
            FloatVector xc = broadcast(SPECIES, x[c + k]);
            c0 = xc.fma(w0, c0);
            c1 = xc.fma(w1, c1);
            c2 = xc.fma(w2, c2);
            FloatVector xd = broadcast(SPECIES, x[d + k]);
            d0 = xd.fma(w0, d0);
            d1 = xd.fma(w1, d1);
            d2 = xd.fma(w2, d2);
        }
        a0.intoArray(sums, to);
        a1.intoArray(sums, to + LANES);
        a2.intoArray(sums, to + 2 * LANES);
        b0.intoArray(sums, to + 4 * LANES);
        b1.intoArray(sums, to + 5 * LANES);
        b2.intoArray(sums, to + 6 * LANES);
        c0.intoArray(sums, to + 8 * LANES);
        c1.intoArray(sums, to + 9 * LANES);
        c2.intoArray(sums, to + 10 * LANES);
        d0.intoArray(sums, to + 12 * LANES);
        d1.intoArray(sums, to + 13 * LANES);
        d2.intoArray(sums, to + 14 * LANES);
    }

    /** Adds sums of 4 rows over h; the candidate's begin with their bias. */
    @SuppressWarnings({"checkstyle:MethodLength", "checkstyle:ParameterNumber"})
    private static void hidden4x3(float[] weights, int at, int n, Rows in, int row, float[] sums) {
        float[] x = in.values;
        int to = row * WIDTH;
        int width = in.width;
        int a = in.start(row);
        int b = in.start(row + 1);
        int c = in.start(row + 2);
        int d = in.start(row + 3);
        FloatVector a0 = fromArray(SPECIES, sums, to);
        FloatVector a1 = fromArray(SPECIES, sums, to + LANES);
        FloatVector a2 = fromArray(SPECIES, weights, at + 2 * LANES);
        FloatVector b0 = fromArray(SPECIES, sums, to + 4 * LANES);
        FloatVector b1 = fromArray(SPECIES, sums, to + 5 * LANES);
        FloatVector b2 = a2;
        FloatVector c0 = fromArray(SPECIES, sums, to + 8 * LANES);
        FloatVector c1 = fromArray(SPECIES, sums, to + 9 * LANES);
        FloatVector c2 = a2;
        FloatVector d0 = fromArray(SPECIES, sums, to + 12 * LANES);
        FloatVector d1 = fromArray(SPECIES, sums, to + 13 * LANES);
        FloatVector d2 = a2;
        for (int k = n; k < width; k++) {
            int w = at + (k - n + 1) * GRU_WIDTH;
            FloatVector w0 = fromArray(SPECIES, weights, w);
            FloatVector w1 = fromArray(SPECIES, weights, w + LANES);
            FloatVector w2 = fromArray(SPECIES, weights, w + 2 * LANES);
            FloatVector xa = broadcast(SPECIES, x[a + k]);
            a0 = xa.fma(w0, a0);
            a1 = xa.fma(w1, a1);
            a2 = xa.fma(w2, a2);
            FloatVector xb = broadcast(SPECIES, x[b + k]);
            b0 = xb.fma(w0, b0);
            b1 = xb.fma(w1, b1);
            b2 = xb.fma(w2, b2);
            FloatVector xc = broadcast(SPECIES, x[c + k]);
            c0 = xc.fma(w0, c0);
            c1 = xc.fma(w1, c1);
            c2 = xc.fma(w2, c2);
            FloatVector xd = broadcast(SPECIES, x[d + k]);
            d0 = xd.fma(w0, d0);
            d1 = xd.fma(w1, d1);
            d2 = xd.fma(w2, d2);
        }
        a0.intoArray(sums, to);
        a1.intoArray(sums, to + LANES);
        a2.intoArray(sums, to + 3 * LANES);
        b0.intoArray(sums, to + 4 * LANES);
        b1.intoArray(sums, to + 5 * LANES);
        b2.intoArray(sums, to + 7 * LANES);
        c0.intoArray(sums, to + 8 * LANES);
        c1.intoArray(sums, to + 9 * LANES);
        c2.intoArray(sums, to + 11 * LANES);
        d0.intoArray(sums, to + 12 * LANES);
        d1.intoArray(sums, to + 13 * LANES);
        d2.intoArray(sums, to + 15 * LANES);
    }

    /**
     * Sums of the first row over two panels, which have the accumulators to hide the latency of a
     * multiply-add.
     */
    @SuppressWarnings({"checkstyle:MethodLength", "checkstyle:ParameterNumber"})
    static void tile1x6(Panels overInputs, Panels overHidden, int panel, Rows in, float[] sums) {
        float[] weights = overInputs.values;
        float[] recurrent = overHidden.values;
        float[] x = in.values;
        int n = overInputs.depth;
        int width = in.width;
        int to = panel * WIDTH;
        int a = in.start(0);
        int at = overInputs.start(panel);
        int apart = overInputs.start(panel + 1) - at;
        int atH = overHidden.start(panel);
        int apartH = overHidden.start(panel + 1) - atH;
        FloatVector a0 = fromArray(SPECIES, weights, at);
        FloatVector a1 = fromArray(SPECIES, weights, at + LANES);
        FloatVector a2 = fromArray(SPECIES, weights, at + 2 * LANES);
        FloatVector b0 = fromArray(SPECIES, weights, at + apart);
        FloatVector b1 = fromArray(SPECIES, weights, at + apart + LANES);
        FloatVector b2 = fromArray(SPECIES, weights, at + apart + 2 * LANES);
        for (int k = 0; k < n; k++) {
            int w = at + (k + 1) * GRU_WIDTH;
            int v = w + apart;
            FloatVector xa = broadcast(SPECIES, x[a + k]);
            a0 = xa.fma(fromArray(SPECIES, weights, w), a0);
            a1 = xa.fma(fromArray(SPECIES, weights, w + LANES), a1);
            a2 = xa.fma(fromArray(SPECIES, weights, w + 2 * LANES), a2);
            b0 = xa.fma(fromArray(SPECIES, weights, v), b0);
            b1 = xa.fma(fromArray(SPECIES, weights, v + LANES), b1);
            b2 = xa.fma(fromArray(SPECIES, weights, v + 2 * LANES), b2);
        }
        a2.intoArray(sums, to + 2 * LANES);
        b2.intoArray(sums, to + 6 * LANES);
        a2 = fromArray(SPECIES, recurrent, atH + 2 * LANES);
        b2 = fromArray(SPECIES, recurrent, atH + apartH + 2 * LANES);
        for (int k = n; k < width; k++) {
            int w = atH + (k - n + 1) * GRU_WIDTH;
            int v = w + apartH;
            FloatVector xa = broadcast(SPECIES, x[a + k]);
            a0 = xa.fma(fromArray(SPECIES, recurrent, w), a0);
            a1 = xa.fma(fromArray(SPECIES, recurrent, w + LANES), a1);
            a2 = xa.fma(fromArray(SPECIES, recurrent, w + 2 * LANES), a2);
            b0 = xa.fma(fromArray(SPECIES, recurrent, v), b0);
            b1 = xa.fma(fromArray(SPECIES, recurrent, v + LANES), b1);
            b2 = xa.fma(fromArray(SPECIES, recurrent, v + 2 * LANES), b2);
        }
        a0.intoArray(sums, to);
        a1.intoArray(sums, to + LANES);
        a2.intoArray(sums, to + 3 * LANES);
        b0.intoArray(sums, to + 4 * LANES);
        b1.intoArray(sums, to + 5 * LANES);
        b2.intoArray(sums, to + 7 * LANES);
    }

    /** Sums of one row, whose inputs are at {@code a}, to {@code to}. */
    @SuppressWarnings("checkstyle:ParameterNumber")
    static void tile1x3(
            float[] weights,
            int at,
            float[] recurrent,
            int atH,
            int n,
            Rows in,
            int a,
            float[] sums,
            int to) {
        float[] x = in.values;
        int width = in.width;
        FloatVector a0 = fromArray(SPECIES, weights, at);
        FloatVector a1 = fromArray(SPECIES, weights, at + LANES);
        FloatVector a2 = fromArray(SPECIES, weights, at + 2 * LANES);
        for (int k = 0; k < n; k++) {
            int w = at + (k + 1) * GRU_WIDTH;
            FloatVector xa = broadcast(SPECIES, x[a + k]);
            a0 = xa.fma(fromArray(SPECIES, weights, w), a0);
            a1 = xa.fma(fromArray(SPECIES, weights, w + LANES), a1);
            a2 = xa.fma(fromArray(SPECIES, weights, w + 2 * LANES), a2);
        }
        a2.intoArray(sums, to + 2 * LANES);
        a2 = fromArray(SPECIES, recurrent, atH + 2 * LANES);
        for (int k = n; k < width; k++) {
            int w = atH + (k - n + 1) * GRU_WIDTH;
            FloatVector xa = broadcast(SPECIES, x[a + k]);
            a0 = xa.fma(fromArray(SPECIES, recurrent, w), a0);
            a1 = xa.fma(fromArray(SPECIES, recurrent, w + LANES), a1);
            a2 = xa.fma(fromArray(SPECIES, recurrent, w + 2 * LANES), a2);
        }
        a0.intoArray(sums, to);
        a1.intoArray(sums, to + LANES);
        a2.intoArray(sums, to + 3 * LANES);
    }
}
