package org.cellstream.nn;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static org.cellstream.nn.RationalTanh.CLAMP;
import static org.cellstream.nn.RationalTanh.P1;
import static org.cellstream.nn.RationalTanh.P11;
import static org.cellstream.nn.RationalTanh.P13;
import static org.cellstream.nn.RationalTanh.P3;
import static org.cellstream.nn.RationalTanh.P5;
import static org.cellstream.nn.RationalTanh.P7;
import static org.cellstream.nn.RationalTanh.P9;
import static org.cellstream.nn.RationalTanh.Q0;
import static org.cellstream.nn.RationalTanh.Q2;
import static org.cellstream.nn.RationalTanh.Q4;
import static org.cellstream.nn.RationalTanh.Q6;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector form. A panel holds as many units as a vector has lanes.
 *
 * <p>Looks odd, on purpose: the compiler keeps a vector in a register only where it sees all of its
 * life, else it makes an object of it, thirty times slower. So a vector is never passed to or
 * returned from a method of ours, not even to save lines; a tile's accumulators live in one loop,
 * not in nested ones; and the species is a constant of the class.
 *
 * <p>Tried: a heap array starts where it likes, so most vectors of weights straddle two cache
 * lines, which costs a third of the time for one row and a tenth for many. Buffers outside the heap
 * can be aligned, but JDK 17 reads their limit and address again for every vector: slower by half.
 */
final class VectorKernels extends Kernels {

    private static final VectorSpecies<Float> SPECIES = species();
    private static final int LANES = SPECIES.length();

    /** Floats in a row of an LSTM's panel. */
    private static final int WIDTH = 4 * LANES;

    VectorKernels() {}

    /** The species this class was defined with as a hidden class, as tests do; else the JVM's. */
    @SuppressWarnings("unchecked")
    private static VectorSpecies<Float> species() {
        try {
            VectorSpecies<Float> given =
                    MethodHandles.classData(MethodHandles.lookup(), "_", VectorSpecies.class);
            return given == null ? FloatVector.SPECIES_PREFERRED : given;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a class may always read its own class data", e);
        }
    }

    @Override
    int lanes(int units) {
        return LANES;
    }

    @Override
    void sums(Panels weights, int panel, int rows, Rows[] inputs, float[] sums) {
        int width = weights.width();
        int at = weights.start(panel);
        for (int r = 0; r < rows; r++) {
            System.arraycopy(weights.values, at, sums, r * width, width);
        }
        at += width;
        for (Rows input : inputs) {
            if (weights.vectors == 4) {
                addProducts4(weights.values, at, rows, input, sums);
            } else {
                addProducts1(weights.values, at, rows, input, sums);
            }
            at += input.width * width;
        }
    }

    /** For panels of four vectors. */
    private static void addProducts4(float[] weights, int at, int rows, Rows in, float[] sums) {
        int r = 0;
        for (; r + 4 <= rows; r += 4) {
            tile4x4(weights, at, in, r, sums);
        }
        for (; r < rows; r++) {
            tile1x4(weights, at, in, r, sums);
        }
    }

    /** For panels of one vector. */
    private static void addProducts1(float[] weights, int at, int rows, Rows in, float[] sums) {
        int r = 0;
        for (; r + 8 <= rows; r += 8) {
            tile8x1(weights, at, in, r, sums);
        }
        for (; r < rows; r++) {
            tile1x1(weights, at, in, r, sums);
        }
    }

    /**
     * Adds the products of one input's rows {@code row} to {@code row + 3}. Longer than a method
     * should be: its 16 accumulators cannot leave it.
     */
    @SuppressWarnings("checkstyle:MethodLength")
    private static void tile4x4(float[] weights, int at, Rows in, int row, float[] sums) {
        int to = row * WIDTH;
        FloatVector a0 = fromArray(SPECIES, sums, to);
        FloatVector a1 = fromArray(SPECIES, sums, to + LANES);
        FloatVector a2 = fromArray(SPECIES, sums, to + 2 * LANES);
        FloatVector a3 = fromArray(SPECIES, sums, to + 3 * LANES);
        FloatVector b0 = fromArray(SPECIES, sums, to + 4 * LANES);
        FloatVector b1 = fromArray(SPECIES, sums, to + 5 * LANES);
        FloatVector b2 = fromArray(SPECIES, sums, to + 6 * LANES);
        FloatVector b3 = fromArray(SPECIES, sums, to + 7 * LANES);
        FloatVector c0 = fromArray(SPECIES, sums, to + 8 * LANES);
        FloatVector c1 = fromArray(SPECIES, sums, to + 9 * LANES);
        FloatVector c2 = fromArray(SPECIES, sums, to + 10 * LANES);
        FloatVector c3 = fromArray(SPECIES, sums, to + 11 * LANES);
        FloatVector d0 = fromArray(SPECIES, sums, to + 12 * LANES);
        FloatVector d1 = fromArray(SPECIES, sums, to + 13 * LANES);
        FloatVector d2 = fromArray(SPECIES, sums, to + 14 * LANES);
        FloatVector d3 = fromArray(SPECIES, sums, to + 15 * LANES);
        float[] x = in.values;
        int n = in.width;
        int a = in.start(row);
        int b = in.start(row + 1);
        int c = in.start(row + 2);
        int d = in.start(row + 3);
        for (int k = 0; k < n; k++) {
            int w = at + k * WIDTH;
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

    private static void tile1x4(float[] weights, int at, Rows in, int row, float[] sums) {
        int to = row * WIDTH;
        FloatVector a0 = fromArray(SPECIES, sums, to);
        FloatVector a1 = fromArray(SPECIES, sums, to + LANES);
        FloatVector a2 = fromArray(SPECIES, sums, to + 2 * LANES);
        FloatVector a3 = fromArray(SPECIES, sums, to + 3 * LANES);
        float[] x = in.values;
        int n = in.width;
        int a = in.start(row);
        for (int k = 0; k < n; k++) {
            int w = at + k * WIDTH;
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

    private static void tile8x1(float[] weights, int at, Rows in, int row, float[] sums) {
        int to = row * LANES;
        FloatVector a0 = fromArray(SPECIES, sums, to);
        FloatVector b0 = fromArray(SPECIES, sums, to + LANES);
        FloatVector c0 = fromArray(SPECIES, sums, to + 2 * LANES);
        FloatVector d0 = fromArray(SPECIES, sums, to + 3 * LANES);
        FloatVector e0 = fromArray(SPECIES, sums, to + 4 * LANES);
        FloatVector f0 = fromArray(SPECIES, sums, to + 5 * LANES);
        FloatVector g0 = fromArray(SPECIES, sums, to + 6 * LANES);
        FloatVector h0 = fromArray(SPECIES, sums, to + 7 * LANES);
        float[] x = in.values;
        int n = in.width;
        int a = in.start(row);
        int b = in.start(row + 1);
        int c = in.start(row + 2);
        int d = in.start(row + 3);
        int e = in.start(row + 4);
        int f = in.start(row + 5);
        int g = in.start(row + 6);
        int h = in.start(row + 7);
        for (int k = 0; k < n; k++) {
            FloatVector w0 = fromArray(SPECIES, weights, at + k * LANES);
            a0 = w0.fma(broadcast(SPECIES, x[a + k]), a0);
            b0 = w0.fma(broadcast(SPECIES, x[b + k]), b0);
            c0 = w0.fma(broadcast(SPECIES, x[c + k]), c0);
            d0 = w0.fma(broadcast(SPECIES, x[d + k]), d0);
            e0 = w0.fma(broadcast(SPECIES, x[e + k]), e0);
            f0 = w0.fma(broadcast(SPECIES, x[f + k]), f0);
            g0 = w0.fma(broadcast(SPECIES, x[g + k]), g0);
            h0 = w0.fma(broadcast(SPECIES, x[h + k]), h0);
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
        int to = row * LANES;
        FloatVector a0 = fromArray(SPECIES, sums, to);
        float[] x = in.values;
        int n = in.width;
        int a = in.start(row);
        for (int k = 0; k < n; k++) {
            int w = at + k * LANES;
            FloatVector xa = broadcast(SPECIES, x[a + k]);
            a0 = xa.fma(fromArray(SPECIES, weights, w), a0);
        }
        a0.intoArray(sums, to);
    }

    @Override
    void tanhFractions(Fractions fractions, int rows, int stride, int n) {
        for (int r = 0; r < rows; r++) {
            tanhFractions(fractions, r * stride, r * stride + n);
        }
    }

    private static void tanhFractions(Fractions fractions, int from, int to) {
        float[] p = fractions.numerators;
        float[] q = fractions.denominators;
        for (int j = from; j < to; j += LANES) {
            FloatVector x = fromArray(SPECIES, p, j);
            x = x.blend(CLAMP, x.compare(GT, CLAMP));
            x = x.blend(-CLAMP, x.compare(LT, -CLAMP));
            FloatVector s = x.mul(x);
            FloatVector y = s.fma(broadcast(SPECIES, P13), broadcast(SPECIES, P11));
            y = s.fma(y, broadcast(SPECIES, P9));
            y = s.fma(y, broadcast(SPECIES, P7));
            y = s.fma(y, broadcast(SPECIES, P5));
            y = s.fma(y, broadcast(SPECIES, P3));
            y = s.fma(y, broadcast(SPECIES, P1));
            x.mul(y).intoArray(p, j);
            FloatVector z = s.fma(broadcast(SPECIES, Q6), broadcast(SPECIES, Q4));
            z = s.fma(z, broadcast(SPECIES, Q2));
            z = s.fma(z, broadcast(SPECIES, Q0));
            z.intoArray(q, j);
        }
    }

    @Override
    void cells(int rows, Fractions gates, CellRows cells, float[] next) {
        float[] p = gates.numerators;
        float[] q = gates.denominators;
        float[] c = cells.c.values;
        float[] nextC = cells.nextC.values;
        for (int r = 0; r < rows; r++) {
            int i = r * WIDTH;
            int f = i + LANES;
            int g = f + LANES;
            FloatVector qi = fromArray(SPECIES, q, i);
            FloatVector qf = fromArray(SPECIES, q, f);
            FloatVector before = fromArray(SPECIES, c, cells.c.start(r));
            FloatVector forgotten = qf.add(fromArray(SPECIES, p, f)).mul(before);
            FloatVector candidate = fromArray(SPECIES, p, g).mul(qf);
            FloatVector added = qi.add(fromArray(SPECIES, p, i)).mul(candidate);
            FloatVector common = qi.mul(fromArray(SPECIES, q, g));
            FloatVector cell = forgotten.fma(common, added).div(qf.add(qf).mul(common));
            cell.intoArray(nextC, cells.nextC.start(r));
            cell.intoArray(next, r * LANES);
        }
    }

    @Override
    void outputs(int rows, Fractions gates, Fractions cellTanh, CellRows cells) {
        float[] p = gates.numerators;
        float[] q = gates.denominators;
        float[] nextH = cells.nextH.values;
        for (int r = 0; r < rows; r++) {
            int o = r * WIDTH + 3 * LANES;
            FloatVector qo = fromArray(SPECIES, q, o);
            FloatVector pc = fromArray(SPECIES, cellTanh.numerators, r * LANES);
            FloatVector qc = fromArray(SPECIES, cellTanh.denominators, r * LANES);
            FloatVector shown = qo.add(fromArray(SPECIES, p, o)).mul(pc);
            FloatVector h = shown.div(qo.add(qo).mul(qc));
            h.intoArray(nextH, cells.nextH.start(r));
        }
    }

    @Override
    void gates(int rows, int lanes, Fractions gates) {
        float[] p = gates.numerators;
        float[] q = gates.denominators;
        for (int j = 0; j < rows * WIDTH; j += LANES) {
            FloatVector y = fromArray(SPECIES, p, j);
            FloatVector z = fromArray(SPECIES, q, j);
            if (j / LANES % 4 == 2) {
                y.div(z).intoArray(p, j);
            } else {
                z.add(y).div(z.add(z)).intoArray(p, j);
            }
        }
    }

    @Override
    void quotients(Fractions fractions, int n) {
        float[] p = fractions.numerators;
        float[] q = fractions.denominators;
        for (int j = 0; j < n; j += LANES) {
            fromArray(SPECIES, p, j).div(fromArray(SPECIES, q, j)).intoArray(p, j);
        }
    }

    @Override
    void candidates(int rows, int lanes, Fractions gates, float[] sums) {
        float[] p = gates.numerators;
        float[] q = gates.denominators;
        for (int row = 0; row < rows; row++) {
            int r = row * WIDTH;
            FloatVector pr = fromArray(SPECIES, p, r);
            FloatVector qr = fromArray(SPECIES, q, r);
            FloatVector reset = qr.add(pr).div(qr.add(qr));
            FloatVector overInputs = fromArray(SPECIES, p, r + 2 * LANES);
            FloatVector overHidden = fromArray(SPECIES, p, r + 3 * LANES);
            reset.fma(overHidden, overInputs).intoArray(sums, row * LANES);
        }
    }

    @Override
    void resets(int rows, Fractions reset, Rows h, Rows left) {
        float[] p = reset.numerators;
        float[] q = reset.denominators;
        for (int row = 0; row < rows; row++) {
            FloatVector qr = fromArray(SPECIES, q, row * LANES);
            FloatVector open = qr.add(fromArray(SPECIES, p, row * LANES));
            FloatVector shown = open.mul(fromArray(SPECIES, h.values, h.start(row)));
            shown.div(qr.add(qr)).intoArray(left.values, left.start(row));
        }
    }

    @Override
    void blends(int rows, Gate update, Fractions candidates, HiddenRows hidden) {
        float[] p = update.fractions().numerators;
        float[] q = update.fractions().denominators;
        float[] h = hidden.h.values;
        float[] nextH = hidden.nextH.values;
        for (int row = 0; row < rows; row++) {
            int z = update.start(row);
            FloatVector pz = fromArray(SPECIES, p, z);
            FloatVector qz = fromArray(SPECIES, q, z);
            FloatVector pn = fromArray(SPECIES, candidates.numerators, row * LANES);
            FloatVector qn = fromArray(SPECIES, candidates.denominators, row * LANES);
            FloatVector kept = qz.add(pz).mul(fromArray(SPECIES, h, hidden.h.start(row)));
            FloatVector added = qz.sub(pz).mul(pn);
            FloatVector next = kept.fma(qn, added).div(qz.add(qz).mul(qn));
            next.intoArray(nextH, hidden.nextH.start(row));
        }
    }
}
