package org.cellstream.nn;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static org.cellstream.nn.VectorWidth.LANES;
import static org.cellstream.nn.VectorWidth.SPECIES;
import static org.cellstream.nn.VectorWidth.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * {@link LearningKernels#addProducts}: tiles of rows and vectors of columns, whose sums stay in
 * registers over the whole depth. See {@link VectorKernels} for what looks odd.
 */
final class VectorProducts {

    private VectorProducts() {}

    static void add4(int rows, int depth, Block left, Block right, Block sums) {
        int r = 0;
        for (; r + 12 <= rows; r += 12) {
            tile6x4(left, right, sums, r, depth);
            tile6x4(left, right, sums, r + 6, depth);
        }
        for (; r + 4 <= rows; r += 4) {
            tile4x4(left, right, sums, r, depth);
        }
        for (; r < rows; r++) {
            tile1x4(left, right, sums, r, depth);
        }
    }

    static void add2(int rows, int depth, Block left, Block right, Block sums) {
        int r = 0;
        for (; r + 8 <= rows; r += 8) {
            tile8x2(left, right, sums, r, depth);
        }
        for (; r < rows; r++) {
            tile1x2(left, right, sums, r, depth);
        }
    }

    static void add1(int rows, int depth, Block left, Block right, Block sums) {
        int r = 0;
        for (; r + 8 <= rows; r += 8) {
            tile8x1(left, right, sums, r, depth);
        }
        for (; r < rows; r++) {
            tile1x1(left, right, sums, r, depth);
        }
    }

    @SuppressWarnings("checkstyle:MethodLength")
    private static void tile6x4(Block left, Block right, Block sums, int row, int depth) {
        float[] x = left.values;
        float[] weights = right.values;
        int down = left.rowStride;
        int on = left.columnStride;
        int at = right.at;
        float[] to = sums.values;
        int stride = sums.rowStride;
        int start = sums.at + row * stride;
        int a = left.at + row * down;
        int b = left.at + (row + 1) * down;
        int c = left.at + (row + 2) * down;
        int d = left.at + (row + 3) * down;
        int e = left.at + (row + 4) * down;
        int f = left.at + (row + 5) * down;
        FloatVector a0 = fromArray(SPECIES, to, start);
        FloatVector a1 = fromArray(SPECIES, to, start + LANES);
        FloatVector a2 = fromArray(SPECIES, to, start + 2 * LANES);
        FloatVector a3 = fromArray(SPECIES, to, start + 3 * LANES);
        FloatVector b0 = fromArray(SPECIES, to, start + stride);
        FloatVector b1 = fromArray(SPECIES, to, start + stride + LANES);
        FloatVector b2 = fromArray(SPECIES, to, start + stride + 2 * LANES);
        FloatVector b3 = fromArray(SPECIES, to, start + stride + 3 * LANES);
        FloatVector c0 = fromArray(SPECIES, to, start + 2 * stride);
        FloatVector c1 = fromArray(SPECIES, to, start + 2 * stride + LANES);
        FloatVector c2 = fromArray(SPECIES, to, start + 2 * stride + 2 * LANES);
        FloatVector c3 = fromArray(SPECIES, to, start + 2 * stride + 3 * LANES);
        FloatVector d0 = fromArray(SPECIES, to, start + 3 * stride);
        FloatVector d1 = fromArray(SPECIES, to, start + 3 * stride + LANES);
        FloatVector d2 = fromArray(SPECIES, to, start + 3 * stride + 2 * LANES);
        FloatVector d3 = fromArray(SPECIES, to, start + 3 * stride + 3 * LANES);
        FloatVector e0 = fromArray(SPECIES, to, start + 4 * stride);
        FloatVector e1 = fromArray(SPECIES, to, start + 4 * stride + LANES);
        FloatVector e2 = fromArray(SPECIES, to, start + 4 * stride + 2 * LANES);
        FloatVector e3 = fromArray(SPECIES, to, start + 4 * stride + 3 * LANES);
        FloatVector f0 = fromArray(SPECIES, to, start + 5 * stride);
        FloatVector f1 = fromArray(SPECIES, to, start + 5 * stride + LANES);
        FloatVector f2 = fromArray(SPECIES, to, start + 5 * stride + 2 * LANES);
        FloatVector f3 = fromArray(SPECIES, to, start + 5 * stride + 3 * LANES);
        for (int k = 0; k < depth; k++) {
            int w = at + k * WIDTH;
            int j = k * on;
            FloatVector w0 = fromArray(SPECIES, weights, w);
            FloatVector w1 = fromArray(SPECIES, weights, w + LANES);
            FloatVector w2 = fromArray(SPECIES, weights, w + 2 * LANES);
            FloatVector w3 = fromArray(SPECIES, weights, w + 3 * LANES);
            FloatVector xa = broadcast(SPECIES, x[a + j]);
            a0 = xa.fma(w0, a0);
            a1 = xa.fma(w1, a1);
            a2 = xa.fma(w2, a2);
            a3 = xa.fma(w3, a3);
            FloatVector xb = broadcast(SPECIES, x[b + j]);
            b0 = xb.fma(w0, b0);
            b1 = xb.fma(w1, b1);
            b2 = xb.fma(w2, b2);
            b3 = xb.fma(w3, b3);
            FloatVector xc = broadcast(SPECIES, x[c + j]);
            c0 = xc.fma(w0, c0);
            c1 = xc.fma(w1, c1);
            c2 = xc.fma(w2, c2);
            c3 = xc.fma(w3, c3);
            FloatVector xd = broadcast(SPECIES, x[d + j]);
            d0 = xd.fma(w0, d0);
            d1 = xd.fma(w1, d1);
            d2 = xd.fma(w2, d2);
            d3 = xd.fma(w3, d3);
            FloatVector xe = broadcast(SPECIES, x[e + j]);
            e0 = xe.fma(w0, e0);
            e1 = xe.fma(w1, e1);
            e2 = xe.fma(w2, e2);
            e3 = xe.fma(w3, e3);
            FloatVector xf = broadcast(SPECIES, x[f + j]);
            f0 = xf.fma(w0, f0);
            f1 = xf.fma(w1, f1);
            f2 = xf.fma(w2, f2);
            f3 = xf.fma(w3, f3);
        }
        a0.intoArray(to, start);
        a1.intoArray(to, start + LANES);
        a2.intoArray(to, start + 2 * LANES);
        a3.intoArray(to, start + 3 * LANES);
        b0.intoArray(to, start + stride);
        b1.intoArray(to, start + stride + LANES);
        b2.intoArray(to, start + stride + 2 * LANES);
        b3.intoArray(to, start + stride + 3 * LANES);
        c0.intoArray(to, start + 2 * stride);
        c1.intoArray(to, start + 2 * stride + LANES);
        c2.intoArray(to, start + 2 * stride + 2 * LANES);
        c3.intoArray(to, start + 2 * stride + 3 * LANES);
        d0.intoArray(to, start + 3 * stride);
        d1.intoArray(to, start + 3 * stride + LANES);
        d2.intoArray(to, start + 3 * stride + 2 * LANES);
        d3.intoArray(to, start + 3 * stride + 3 * LANES);
        e0.intoArray(to, start + 4 * stride);
        e1.intoArray(to, start + 4 * stride + LANES);
        e2.intoArray(to, start + 4 * stride + 2 * LANES);
        e3.intoArray(to, start + 4 * stride + 3 * LANES);
        f0.intoArray(to, start + 5 * stride);
        f1.intoArray(to, start + 5 * stride + LANES);
        f2.intoArray(to, start + 5 * stride + 2 * LANES);
        f3.intoArray(to, start + 5 * stride + 3 * LANES);
    }

    @SuppressWarnings("checkstyle:MethodLength")
    private static void tile4x4(Block left, Block right, Block sums, int row, int depth) {
        float[] x = left.values;
        float[] weights = right.values;
        int down = left.rowStride;
        int on = left.columnStride;
        int at = right.at;
        float[] to = sums.values;
        int stride = sums.rowStride;
        int start = sums.at + row * stride;
        int a = left.at + row * down;
        int b = left.at + (row + 1) * down;
        int c = left.at + (row + 2) * down;
        int d = left.at + (row + 3) * down;
        FloatVector a0 = fromArray(SPECIES, to, start);
        FloatVector a1 = fromArray(SPECIES, to, start + LANES);
        FloatVector a2 = fromArray(SPECIES, to, start + 2 * LANES);
        FloatVector a3 = fromArray(SPECIES, to, start + 3 * LANES);
        FloatVector b0 = fromArray(SPECIES, to, start + stride);
        FloatVector b1 = fromArray(SPECIES, to, start + stride + LANES);
        FloatVector b2 = fromArray(SPECIES, to, start + stride + 2 * LANES);
        FloatVector b3 = fromArray(SPECIES, to, start + stride + 3 * LANES);
        FloatVector c0 = fromArray(SPECIES, to, start + 2 * stride);
        FloatVector c1 = fromArray(SPECIES, to, start + 2 * stride + LANES);
        FloatVector c2 = fromArray(SPECIES, to, start + 2 * stride + 2 * LANES);
        FloatVector c3 = fromArray(SPECIES, to, start + 2 * stride + 3 * LANES);
        FloatVector d0 = fromArray(SPECIES, to, start + 3 * stride);
        FloatVector d1 = fromArray(SPECIES, to, start + 3 * stride + LANES);
        FloatVector d2 = fromArray(SPECIES, to, start + 3 * stride + 2 * LANES);
        FloatVector d3 = fromArray(SPECIES, to, start + 3 * stride + 3 * LANES);
        for (int k = 0; k < depth; k++) {
            int w = at + k * WIDTH;
            int j = k * on;
            FloatVector w0 = fromArray(SPECIES, weights, w);
            FloatVector w1 = fromArray(SPECIES, weights, w + LANES);
            FloatVector w2 = fromArray(SPECIES, weights, w + 2 * LANES);
            FloatVector w3 = fromArray(SPECIES, weights, w + 3 * LANES);
            FloatVector xa = broadcast(SPECIES, x[a + j]);
            a0 = xa.fma(w0, a0);
            a1 = xa.fma(w1, a1);
            a2 = xa.fma(w2, a2);
            a3 = xa.fma(w3, a3);
            FloatVector xb = broadcast(SPECIES, x[b + j]);
            b0 = xb.fma(w0, b0);
            b1 = xb.fma(w1, b1);
            b2 = xb.fma(w2, b2);
            b3 = xb.fma(w3, b3);
            FloatVector xc = broadcast(SPECIES, x[c + j]);
            c0 = xc.fma(w0, c0);
            c1 = xc.fma(w1, c1);
            c2 = xc.fma(w2, c2);
            c3 = xc.fma(w3, c3);
            FloatVector xd = broadcast(SPECIES, x[d + j]);
            d0 = xd.fma(w0, d0);
            d1 = xd.fma(w1, d1);
            d2 = xd.fma(w2, d2);
            d3 = xd.fma(w3, d3);
        }
        a0.intoArray(to, start);
        a1.intoArray(to, start + LANES);
        a2.intoArray(to, start + 2 * LANES);
        a3.intoArray(to, start + 3 * LANES);
        b0.intoArray(to, start + stride);
        b1.intoArray(to, start + stride + LANES);
        b2.intoArray(to, start + stride + 2 * LANES);
        b3.intoArray(to, start + stride + 3 * LANES);
        c0.intoArray(to, start + 2 * stride);
        c1.intoArray(to, start + 2 * stride + LANES);
        c2.intoArray(to, start + 2 * stride + 2 * LANES);
        c3.intoArray(to, start + 2 * stride + 3 * LANES);
        d0.intoArray(to, start + 3 * stride);
        d1.intoArray(to, start + 3 * stride + LANES);
        d2.intoArray(to, start + 3 * stride + 2 * LANES);
        d3.intoArray(to, start + 3 * stride + 3 * LANES);
    }

    static void tile1x4(Block left, Block right, Block sums, int row, int depth) {
        float[] x = left.values;
        float[] weights = right.values;
        int down = left.rowStride;
        int on = left.columnStride;
        int at = right.at;
        float[] to = sums.values;
        int stride = sums.rowStride;
        int start = sums.at + row * stride;
        int a = left.at + row * down;
        FloatVector a0 = fromArray(SPECIES, to, start);
        FloatVector a1 = fromArray(SPECIES, to, start + LANES);
        FloatVector a2 = fromArray(SPECIES, to, start + 2 * LANES);
        FloatVector a3 = fromArray(SPECIES, to, start + 3 * LANES);
        for (int k = 0; k < depth; k++) {
            int w = at + k * WIDTH;
            int j = k * on;
            FloatVector w0 = fromArray(SPECIES, weights, w);
            FloatVector w1 = fromArray(SPECIES, weights, w + LANES);
            FloatVector w2 = fromArray(SPECIES, weights, w + 2 * LANES);
            FloatVector w3 = fromArray(SPECIES, weights, w + 3 * LANES);
            FloatVector xa = broadcast(SPECIES, x[a + j]);
            a0 = xa.fma(w0, a0);
            a1 = xa.fma(w1, a1);
            a2 = xa.fma(w2, a2);
            a3 = xa.fma(w3, a3);
        }
        a0.intoArray(to, start);
        a1.intoArray(to, start + LANES);
        a2.intoArray(to, start + 2 * LANES);
        a3.intoArray(to, start + 3 * LANES);
    }

    @SuppressWarnings("checkstyle:MethodLength")
    private static void tile8x2(Block left, Block right, Block sums, int row, int depth) {
        float[] x = left.values;
        float[] weights = right.values;
        int down = left.rowStride;
        int on = left.columnStride;
        int at = right.at;
        float[] to = sums.values;
        int stride = sums.rowStride;
        int start = sums.at + row * stride;
        int a = left.at + row * down;
        int b = left.at + (row + 1) * down;
        int c = left.at + (row + 2) * down;
        int d = left.at + (row + 3) * down;
        int e = left.at + (row + 4) * down;
        int f = left.at + (row + 5) * down;
        int g = left.at + (row + 6) * down;
        int h = left.at + (row + 7) * down;
        FloatVector a0 = fromArray(SPECIES, to, start);
        FloatVector a1 = fromArray(SPECIES, to, start + LANES);
        FloatVector b0 = fromArray(SPECIES, to, start + stride);
        FloatVector b1 = fromArray(SPECIES, to, start + stride + LANES);
        FloatVector c0 = fromArray(SPECIES, to, start + 2 * stride);
        FloatVector c1 = fromArray(SPECIES, to, start + 2 * stride + LANES);
        FloatVector d0 = fromArray(SPECIES, to, start + 3 * stride);
        FloatVector d1 = fromArray(SPECIES, to, start + 3 * stride + LANES);
        FloatVector e0 = fromArray(SPECIES, to, start + 4 * stride);
        FloatVector e1 = fromArray(SPECIES, to, start + 4 * stride + LANES);
        FloatVector f0 = fromArray(SPECIES, to, start + 5 * stride);
        FloatVector f1 = fromArray(SPECIES, to, start + 5 * stride + LANES);
        FloatVector g0 = fromArray(SPECIES, to, start + 6 * stride);
        FloatVector g1 = fromArray(SPECIES, to, start + 6 * stride + LANES);
        FloatVector h0 = fromArray(SPECIES, to, start + 7 * stride);
        FloatVector h1 = fromArray(SPECIES, to, start + 7 * stride + LANES);
        for (int k = 0; k < depth; k++) {
            int w = at + k * 2 * LANES;
            int j = k * on;
            FloatVector w0 = fromArray(SPECIES, weights, w);
            FloatVector w1 = fromArray(SPECIES, weights, w + LANES);
            FloatVector xa = broadcast(SPECIES, x[a + j]);
            a0 = xa.fma(w0, a0);
            a1 = xa.fma(w1, a1);
            FloatVector xb = broadcast(SPECIES, x[b + j]);
            b0 = xb.fma(w0, b0);
            b1 = xb.fma(w1, b1);
            FloatVector xc = broadcast(SPECIES, x[c + j]);
            c0 = xc.fma(w0, c0);
            c1 = xc.fma(w1, c1);
            FloatVector xd = broadcast(SPECIES, x[d + j]);
            d0 = xd.fma(w0, d0);
            d1 = xd.fma(w1, d1);
            FloatVector xe = broadcast(SPECIES, x[e + j]);
            e0 = xe.fma(w0, e0);
            e1 = xe.fma(w1, e1);
            FloatVector xf = broadcast(SPECIES, x[f + j]);
            f0 = xf.fma(w0, f0);
            f1 = xf.fma(w1, f1);
            FloatVector xg = broadcast(SPECIES, x[g + j]);
            g0 = xg.fma(w0, g0);
            g1 = xg.fma(w1, g1);
            FloatVector xh = broadcast(SPECIES, x[h + j]);
            h0 = xh.fma(w0, h0);
            h1 = xh.fma(w1, h1);
        }
        a0.intoArray(to, start);
        a1.intoArray(to, start + LANES);
        b0.intoArray(to, start + stride);
        b1.intoArray(to, start + stride + LANES);
        c0.intoArray(to, start + 2 * stride);
        c1.intoArray(to, start + 2 * stride + LANES);
        d0.intoArray(to, start + 3 * stride);
        d1.intoArray(to, start + 3 * stride + LANES);
        e0.intoArray(to, start + 4 * stride);
        e1.intoArray(to, start + 4 * stride + LANES);
        f0.intoArray(to, start + 5 * stride);
        f1.intoArray(to, start + 5 * stride + LANES);
        g0.intoArray(to, start + 6 * stride);
        g1.intoArray(to, start + 6 * stride + LANES);
        h0.intoArray(to, start + 7 * stride);
        h1.intoArray(to, start + 7 * stride + LANES);
    }

    static void tile1x2(Block left, Block right, Block sums, int row, int depth) {
        float[] x = left.values;
        float[] weights = right.values;
        int down = left.rowStride;
        int on = left.columnStride;
        int at = right.at;
        float[] to = sums.values;
        int stride = sums.rowStride;
        int start = sums.at + row * stride;
        int a = left.at + row * down;
        FloatVector a0 = fromArray(SPECIES, to, start);
        FloatVector a1 = fromArray(SPECIES, to, start + LANES);
        for (int k = 0; k < depth; k++) {
            int w = at + k * 2 * LANES;
            int j = k * on;
            FloatVector w0 = fromArray(SPECIES, weights, w);
            FloatVector w1 = fromArray(SPECIES, weights, w + LANES);
            FloatVector xa = broadcast(SPECIES, x[a + j]);
            a0 = xa.fma(w0, a0);
            a1 = xa.fma(w1, a1);
        }
        a0.intoArray(to, start);
        a1.intoArray(to, start + LANES);
    }

    @SuppressWarnings("checkstyle:MethodLength")
    private static void tile8x1(Block left, Block right, Block sums, int row, int depth) {
        float[] x = left.values;
        float[] weights = right.values;
        int down = left.rowStride;
        int on = left.columnStride;
        int at = right.at;
        float[] to = sums.values;
        int stride = sums.rowStride;
        int start = sums.at + row * stride;
        int a = left.at + row * down;
        int b = left.at + (row + 1) * down;
        int c = left.at + (row + 2) * down;
        int d = left.at + (row + 3) * down;
        int e = left.at + (row + 4) * down;
        int f = left.at + (row + 5) * down;
        int g = left.at + (row + 6) * down;
        int h = left.at + (row + 7) * down;
        FloatVector a0 = fromArray(SPECIES, to, start);
        FloatVector b0 = fromArray(SPECIES, to, start + stride);
        FloatVector c0 = fromArray(SPECIES, to, start + 2 * stride);
        FloatVector d0 = fromArray(SPECIES, to, start + 3 * stride);
        FloatVector e0 = fromArray(SPECIES, to, start + 4 * stride);
        FloatVector f0 = fromArray(SPECIES, to, start + 5 * stride);
        FloatVector g0 = fromArray(SPECIES, to, start + 6 * stride);
        FloatVector h0 = fromArray(SPECIES, to, start + 7 * stride);
        for (int k = 0; k < depth; k++) {
            int w = at + k * LANES;
            int j = k * on;
            FloatVector w0 = fromArray(SPECIES, weights, w);
            FloatVector xa = broadcast(SPECIES, x[a + j]);
            a0 = xa.fma(w0, a0);
            FloatVector xb = broadcast(SPECIES, x[b + j]);
            b0 = xb.fma(w0, b0);
            FloatVector xc = broadcast(SPECIES, x[c + j]);
            c0 = xc.fma(w0, c0);
            FloatVector xd = broadcast(SPECIES, x[d + j]);
            d0 = xd.fma(w0, d0);
            FloatVector xe = broadcast(SPECIES, x[e + j]);
            e0 = xe.fma(w0, e0);
            FloatVector xf = broadcast(SPECIES, x[f + j]);
            f0 = xf.fma(w0, f0);
            FloatVector xg = broadcast(SPECIES, x[g + j]);
            g0 = xg.fma(w0, g0);
            FloatVector xh = broadcast(SPECIES, x[h + j]);
            h0 = xh.fma(w0, h0);
        }
        a0.intoArray(to, start);
        b0.intoArray(to, start + stride);
        c0.intoArray(to, start + 2 * stride);
        d0.intoArray(to, start + 3 * stride);
        e0.intoArray(to, start + 4 * stride);
        f0.intoArray(to, start + 5 * stride);
        g0.intoArray(to, start + 6 * stride);
        h0.intoArray(to, start + 7 * stride);
    }

    static void tile1x1(Block left, Block right, Block sums, int row, int depth) {
        float[] x = left.values;
        float[] weights = right.values;
        int down = left.rowStride;
        int on = left.columnStride;
        int at = right.at;
        float[] to = sums.values;
        int stride = sums.rowStride;
        int start = sums.at + row * stride;
        int a = left.at + row * down;
        FloatVector a0 = fromArray(SPECIES, to, start);
        for (int k = 0; k < depth; k++) {
            int w = at + k * LANES;
            int j = k * on;
            FloatVector w0 = fromArray(SPECIES, weights, w);
            FloatVector xa = broadcast(SPECIES, x[a + j]);
            a0 = xa.fma(w0, a0);
        }
        a0.intoArray(to, start);
    }
}
