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
 * What {@link LearningKernels#lstm} keeps, beside what {@link VectorCells} does; in methods as
 * short as there.
 */
final class VectorKeptCells {

    private VectorKeptCells() {}

    /** The next h, and tanh of the next c, from fractions of the output gate and the next c. */
    @SuppressWarnings("checkstyle:MethodLength") // its vectors cannot leave it
    static void nextHidden(int rows, Fractions gates, CellRows cells, Rows cellTanh) {
        float[] p = gates.numerators;
        float[] q = gates.denominators;
        float[] nextC = cells.nextC.values;
        float[] nextH = cells.nextH.values;
        float[] tanh = cellTanh.values;
        int tanhAt = cellTanh.start(0);
        int tanhApart = cellTanh.stride();
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
            px.div(qx).intoArray(tanh, tanhAt + r * tanhApart);
            FloatVector qo = fromArray(SPECIES, q, o);
            FloatVector shown = qo.add(fromArray(SPECIES, p, o)).mul(px);
            FloatVector h = shown.div(qo.add(qo).mul(qx));
            h.intoArray(nextH, to + r * nextApart);
        }
    }

    /** Gates i, f, g and o from their fractions. */
    static void gates(int rows, Fractions gates, Rows kept) {
        float[] p = gates.numerators;
        float[] q = gates.denominators;
        float[] to = kept.values;
        int first = kept.start(0);
        int apart = kept.stride();
        int units = kept.width;
        for (int r = 0; r < rows; r++) {
            int at = first + r * apart;
            int i = r * WIDTH;
            int f = i + LANES;
            int g = f + LANES;
            int o = g + LANES;
            FloatVector qi = fromArray(SPECIES, q, i);
            FloatVector qf = fromArray(SPECIES, q, f);
            FloatVector qg = fromArray(SPECIES, q, g);
            FloatVector qo = fromArray(SPECIES, q, o);
            qi.add(fromArray(SPECIES, p, i)).div(qi.add(qi)).intoArray(to, at);
            qf.add(fromArray(SPECIES, p, f)).div(qf.add(qf)).intoArray(to, at + units);
            fromArray(SPECIES, p, g).div(qg).intoArray(to, at + 2 * units);
            qo.add(fromArray(SPECIES, p, o)).div(qo.add(qo)).intoArray(to, at + 3 * units);
        }
    }
}
