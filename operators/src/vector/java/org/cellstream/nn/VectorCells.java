package org.cellstream.nn;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
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
import static org.cellstream.nn.VectorWidth.BITS;
import static org.cellstream.nn.VectorWidth.LANES;
import static org.cellstream.nn.VectorWidth.LARGEST;
import static org.cellstream.nn.VectorWidth.ROOM;
import static org.cellstream.nn.VectorWidth.SPECIES;
import static org.cellstream.nn.VectorWidth.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The cells of LSTM and GRU from their sums, in several short loops over rows.
 *
 * <p>Looks odd, on purpose: longer methods would pass values on in registers, but JDK 17's compiler
 * puts off inlining when a method has grown to 18,000 nodes of its graph, which is after some 55
 * operations on vectors. It then no longer knows the class of their results and makes objects of
 * some, depending on what ran before: three times slower for the life of the JVM. So each method
 * has 45 operations at most, and constants are made once, before the loop.
 */
final class VectorCells {

    private VectorCells() {}

    /**
     * Replaces {@code count} vectors of numerators, each a sum, by numerators and denominators of
     * its tanh.
     *
     * @param from where the first one is
     * @param apart floats from one to the next
     */
    static void tanh(Fractions fractions, int from, int apart, int count) {
        float[] p = fractions.numerators;
        float[] q = fractions.denominators;
        IntVector magnitude = IntVector.broadcast(BITS, Integer.MAX_VALUE);
        IntVector sign = IntVector.broadcast(BITS, Integer.MIN_VALUE);
        IntVector room = IntVector.broadcast(BITS, ROOM);
        IntVector most = IntVector.broadcast(BITS, LARGEST + ROOM);
        FloatVector p13 = broadcast(SPECIES, P13);
        FloatVector p11 = broadcast(SPECIES, P11);
        FloatVector p9 = broadcast(SPECIES, P9);
        FloatVector p7 = broadcast(SPECIES, P7);
        FloatVector p5 = broadcast(SPECIES, P5);
        FloatVector p3 = broadcast(SPECIES, P3);
        FloatVector p1 = broadcast(SPECIES, P1);
        FloatVector q6 = broadcast(SPECIES, Q6);
        FloatVector q4 = broadcast(SPECIES, Q4);
        FloatVector q2 = broadcast(SPECIES, Q2);
        FloatVector q0 = broadcast(SPECIES, Q0);
        for (int i = 0; i < count; i++) {
            int at = from + i * apart;
            IntVector bits = fromArray(SPECIES, p, at).reinterpretAsInts();
            IntVector cut = bits.and(magnitude).add(room).min(most).sub(room);
            FloatVector x = cut.or(bits.and(sign)).reinterpretAsFloats();
            FloatVector s = x.mul(x);
            FloatVector px = s.fma(p13, p11);
            px = s.fma(px, p9);
            px = s.fma(px, p7);
            px = s.fma(px, p5);
            px = s.fma(px, p3);
            px = s.fma(px, p1).mul(x);
            FloatVector qx = s.fma(q6, q4);
            qx = s.fma(qx, q2);
            qx = s.fma(qx, q0);
            px.intoArray(p, at);
            qx.intoArray(q, at);
        }
    }

    /** The next c of an LSTM from fractions of its gates. */
    static void nextCells(int rows, Fractions gates, CellRows cells) {
        float[] p = gates.numerators;
        float[] q = gates.denominators;
        float[] c = cells.c.values;
        float[] nextC = cells.nextC.values;
        int from = cells.c.start(0);
        int apart = cells.c.stride();
        int to = cells.nextC.start(0);
        int nextApart = cells.nextC.stride();
        for (int r = 0; r < rows; r++) {
            int i = r * WIDTH;
            int f = i + LANES;
            int g = f + LANES;
            FloatVector qi = fromArray(SPECIES, q, i);
            FloatVector qf = fromArray(SPECIES, q, f);
            FloatVector before = fromArray(SPECIES, c, from + r * apart);
            FloatVector forgotten = qf.add(fromArray(SPECIES, p, f)).mul(before);
            FloatVector candidate = fromArray(SPECIES, p, g).mul(qf);
            FloatVector added = qi.add(fromArray(SPECIES, p, i)).mul(candidate);
            FloatVector common = qi.mul(fromArray(SPECIES, q, g));
            FloatVector cell = forgotten.fma(common, added).div(qf.add(qf).mul(common));
            cell.intoArray(nextC, to + r * nextApart);
        }
    }

    /** The next h of an LSTM from fractions of its output gate and the next c. */
    @SuppressWarnings("checkstyle:MethodLength") // its vectors cannot leave it
    static void nextHidden(int rows, Fractions gates, CellRows cells) {
        float[] p = gates.numerators;
        float[] q = gates.denominators;
        float[] nextC = cells.nextC.values;
        float[] nextH = cells.nextH.values;
        int from = cells.nextC.start(0);
        int apart = cells.nextC.stride();
        int to = cells.nextH.start(0);
        int nextApart = cells.nextH.stride();
        IntVector magnitude = IntVector.broadcast(BITS, Integer.MAX_VALUE);
        IntVector sign = IntVector.broadcast(BITS, Integer.MIN_VALUE);
        IntVector room = IntVector.broadcast(BITS, ROOM);
        IntVector most = IntVector.broadcast(BITS, LARGEST + ROOM);
        FloatVector p13 = broadcast(SPECIES, P13);
        FloatVector p11 = broadcast(SPECIES, P11);
        FloatVector p9 = broadcast(SPECIES, P9);
        FloatVector p7 = broadcast(SPECIES, P7);
        FloatVector p5 = broadcast(SPECIES, P5);
        FloatVector p3 = broadcast(SPECIES, P3);
        FloatVector p1 = broadcast(SPECIES, P1);
        FloatVector q6 = broadcast(SPECIES, Q6);
        FloatVector q4 = broadcast(SPECIES, Q4);
        FloatVector q2 = broadcast(SPECIES, Q2);
        FloatVector q0 = broadcast(SPECIES, Q0);
        for (int r = 0; r < rows; r++) {
            int o = r * WIDTH + 3 * LANES;
            IntVector bits = fromArray(SPECIES, nextC, from + r * apart).reinterpretAsInts();
            IntVector cut = bits.and(magnitude).add(room).min(most).sub(room);
            FloatVector x = cut.or(bits.and(sign)).reinterpretAsFloats();
            FloatVector s = x.mul(x);
            FloatVector px = s.fma(p13, p11);
            px = s.fma(px, p9);
            px = s.fma(px, p7);
            px = s.fma(px, p5);
            px = s.fma(px, p3);
            px = s.fma(px, p1).mul(x);
            FloatVector qx = s.fma(q6, q4);
            qx = s.fma(qx, q2);
            qx = s.fma(qx, q0);
            FloatVector qo = fromArray(SPECIES, q, o);
            FloatVector shown = qo.add(fromArray(SPECIES, p, o)).mul(px);
            FloatVector h = shown.div(qo.add(qo).mul(qx));
            h.intoArray(nextH, to + r * nextApart);
        }
    }

    /**
     * Replaces a GRU's candidate's sums over inputs by fractions of the candidate, from fractions
     * of the reset gate and the candidate's sums over h.
     */
    @SuppressWarnings("checkstyle:MethodLength") // its vectors cannot leave it
    static void candidates(int rows, Fractions gates) {
        float[] p = gates.numerators;
        float[] q = gates.denominators;
        IntVector magnitude = IntVector.broadcast(BITS, Integer.MAX_VALUE);
        IntVector sign = IntVector.broadcast(BITS, Integer.MIN_VALUE);
        IntVector room = IntVector.broadcast(BITS, ROOM);
        IntVector most = IntVector.broadcast(BITS, LARGEST + ROOM);
        FloatVector p13 = broadcast(SPECIES, P13);
        FloatVector p11 = broadcast(SPECIES, P11);
        FloatVector p9 = broadcast(SPECIES, P9);
        FloatVector p7 = broadcast(SPECIES, P7);
        FloatVector p5 = broadcast(SPECIES, P5);
        FloatVector p3 = broadcast(SPECIES, P3);
        FloatVector p1 = broadcast(SPECIES, P1);
        FloatVector q6 = broadcast(SPECIES, Q6);
        FloatVector q4 = broadcast(SPECIES, Q4);
        FloatVector q2 = broadcast(SPECIES, Q2);
        FloatVector q0 = broadcast(SPECIES, Q0);
        for (int row = 0; row < rows; row++) {
            int r = row * WIDTH;
            int n = r + 2 * LANES;
            FloatVector qr = fromArray(SPECIES, q, r);
            FloatVector reset = qr.add(fromArray(SPECIES, p, r)).div(qr.add(qr));
            FloatVector recalled = fromArray(SPECIES, p, n + LANES);
            FloatVector sum = reset.fma(recalled, fromArray(SPECIES, p, n));
            IntVector bits = sum.reinterpretAsInts();
            IntVector cut = bits.and(magnitude).add(room).min(most).sub(room);
            FloatVector x = cut.or(bits.and(sign)).reinterpretAsFloats();
            FloatVector s = x.mul(x);
            FloatVector px = s.fma(p13, p11);
            px = s.fma(px, p9);
            px = s.fma(px, p7);
            px = s.fma(px, p5);
            px = s.fma(px, p3);
            px = s.fma(px, p1).mul(x);
            FloatVector qx = s.fma(q6, q4);
            qx = s.fma(qx, q2);
            qx = s.fma(qx, q0);
            px.intoArray(p, n);
            qx.intoArray(q, n);
        }
    }

    /** The next h of a GRU from fractions of its update gate and candidate. */
    static void nextHidden(int rows, Fractions gates, HiddenRows hidden) {
        float[] p = gates.numerators;
        float[] q = gates.denominators;
        float[] h = hidden.h.values;
        float[] nextH = hidden.nextH.values;
        int from = hidden.h.start(0);
        int apart = hidden.h.stride();
        int to = hidden.nextH.start(0);
        int nextApart = hidden.nextH.stride();
        for (int row = 0; row < rows; row++) {
            int z = row * WIDTH + LANES;
            int n = z + LANES;
            FloatVector pz = fromArray(SPECIES, p, z);
            FloatVector qz = fromArray(SPECIES, q, z);
            FloatVector qn = fromArray(SPECIES, q, n);
            FloatVector kept = qz.add(pz).mul(fromArray(SPECIES, h, from + row * apart));
            FloatVector added = qz.sub(pz).mul(fromArray(SPECIES, p, n));
            FloatVector next = kept.fma(qn, added).div(qz.add(qz).mul(qn));
            next.intoArray(nextH, to + row * nextApart);
        }
    }
}
