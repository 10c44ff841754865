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

    /** The candidate's accumulators are used twice: over inputs, and then over h. */
    @SuppressWarnings({"checkstyle:MethodLength", "checkstyle:ParameterNumber"})
    static void tile4x3(
            float[] weights,
            int at,
            float[] recurrent,
            int atH,
            int n,
            Rows in,
            int row,
            float[] sums) {
        float[] x = in.values;
        int width = in.width;
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
        a2.intoArray(sums, to + 2 * LANES);
        b2.intoArray(sums, to + 6 * LANES);
        c2.intoArray(sums, to + 10 * LANES);
        d2.intoArray(sums, to + 14 * LANES);
        a2 = fromArray(SPECIES, recurrent, atH + 2 * LANES);
        b2 = a2;
        c2 = a2;
        d2 = a2;
        for (int k = n; k < width; k++) {
            int w = atH + (k - n + 1) * GRU_WIDTH;
            FloatVector w0 = fromArray(SPECIES, recurrent, w);
            FloatVector w1 = fromArray(SPECIES, recurrent, w + LANES);
            FloatVector w2 = fromArray(SPECIES, recurrent, w + 2 * LANES);
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

    @SuppressWarnings("checkstyle:ParameterNumber")
    static void tile1x3(
            float[] weights,
            int at,
            float[] recurrent,
            int atH,
            int n,
            Rows in,
            int row,
            float[] sums) {
        float[] x = in.values;
        int width = in.width;
        int to = row * WIDTH;
        int a = in.start(row);
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
