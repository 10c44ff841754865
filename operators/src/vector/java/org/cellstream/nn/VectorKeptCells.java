package org.cellstream.nn;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.ASHR;
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
import static org.cellstream.nn.VectorWidth.INFINITY;
import static org.cellstream.nn.VectorWidth.LANES;
import static org.cellstream.nn.VectorWidth.LARGEST;
import static org.cellstream.nn.VectorWidth.SIGN;
import static org.cellstream.nn.VectorWidth.SPECIES;
import static org.cellstream.nn.VectorWidth.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** {@link LearningKernels#lstm} in two loops, as {@link VectorCells} has it. */
final class VectorKeptCells {

    private VectorKeptCells() {}

    /** The next c, and gates i, f and g. */
    @SuppressWarnings("checkstyle:MethodLength")
    static void nextCells(int rows, float[] sums, CellRows cells, Rows gates) {
        float[] c = cells.c.values;
        float[] nextC = cells.nextC.values;
        float[] kept = gates.values;
        int from = cells.c.start(0);
        int apart = cells.c.stride();
        int to = cells.nextC.start(0);
        int nextApart = cells.nextC.stride();
        int gate = gates.start(0);
        int gateApart = gates.stride();
        int units = gates.width;
        for (int r = 0; r < rows; r++) {
            int at = r * WIDTH;
            int keptAt = gate + r * gateApart;
            IntVector bitsF = fromArray(SPECIES, sums, at + LANES).reinterpretAsInts();
            IntVector absF = bitsF.and(Integer.MAX_VALUE);
            IntVector nanF = IntVector.broadcast(BITS, INFINITY).sub(absF).lanewise(ASHR, SIGN);
            FloatVector f =
                    absF.min(LARGEST)
                            .or(nanF)
                            .or(bitsF.and(Integer.MIN_VALUE))
                            .reinterpretAsFloats();
            FloatVector sF = f.mul(f);
            FloatVector pF = sF.fma(broadcast(SPECIES, P13), broadcast(SPECIES, P11));
            pF = sF.fma(pF, broadcast(SPECIES, P9));
            pF = sF.fma(pF, broadcast(SPECIES, P7));
            pF = sF.fma(pF, broadcast(SPECIES, P5));
            pF = sF.fma(pF, broadcast(SPECIES, P3));
            pF = sF.fma(pF, broadcast(SPECIES, P1)).mul(f);
            FloatVector qF = sF.fma(broadcast(SPECIES, Q6), broadcast(SPECIES, Q4));
            qF = sF.fma(qF, broadcast(SPECIES, Q2));
            qF = sF.fma(qF, broadcast(SPECIES, Q0));
            FloatVector opensF = qF.add(pF);
            FloatVector twiceF = qF.add(qF);
            opensF.div(twiceF).intoArray(kept, keptAt + units);
            IntVector bitsI = fromArray(SPECIES, sums, at).reinterpretAsInts();
            IntVector absI = bitsI.and(Integer.MAX_VALUE);
            IntVector nanI = IntVector.broadcast(BITS, INFINITY).sub(absI).lanewise(ASHR, SIGN);
            FloatVector i =
                    absI.min(LARGEST)
                            .or(nanI)
                            .or(bitsI.and(Integer.MIN_VALUE))
                            .reinterpretAsFloats();
            FloatVector sI = i.mul(i);
            FloatVector pI = sI.fma(broadcast(SPECIES, P13), broadcast(SPECIES, P11));
            pI = sI.fma(pI, broadcast(SPECIES, P9));
            pI = sI.fma(pI, broadcast(SPECIES, P7));
            pI = sI.fma(pI, broadcast(SPECIES, P5));
            pI = sI.fma(pI, broadcast(SPECIES, P3));
            pI = sI.fma(pI, broadcast(SPECIES, P1)).mul(i);
            FloatVector qI = sI.fma(broadcast(SPECIES, Q6), broadcast(SPECIES, Q4));
            qI = sI.fma(qI, broadcast(SPECIES, Q2));
            qI = sI.fma(qI, broadcast(SPECIES, Q0));
            FloatVector opensI = qI.add(pI);
            opensI.div(qI.add(qI)).intoArray(kept, keptAt);
            IntVector bitsG = fromArray(SPECIES, sums, at + 2 * LANES).reinterpretAsInts();
            IntVector absG = bitsG.and(Integer.MAX_VALUE);
            IntVector nanG = IntVector.broadcast(BITS, INFINITY).sub(absG).lanewise(ASHR, SIGN);
            FloatVector g =
                    absG.min(LARGEST)
                            .or(nanG)
                            .or(bitsG.and(Integer.MIN_VALUE))
                            .reinterpretAsFloats();
            FloatVector sG = g.mul(g);
            FloatVector pG = sG.fma(broadcast(SPECIES, P13), broadcast(SPECIES, P11));
            pG = sG.fma(pG, broadcast(SPECIES, P9));
            pG = sG.fma(pG, broadcast(SPECIES, P7));
            pG = sG.fma(pG, broadcast(SPECIES, P5));
            pG = sG.fma(pG, broadcast(SPECIES, P3));
            pG = sG.fma(pG, broadcast(SPECIES, P1)).mul(g);
            FloatVector qG = sG.fma(broadcast(SPECIES, Q6), broadcast(SPECIES, Q4));
            qG = sG.fma(qG, broadcast(SPECIES, Q2));
            qG = sG.fma(qG, broadcast(SPECIES, Q0));
            pG.div(qG).intoArray(kept, keptAt + 2 * units);
            FloatVector forgotten = opensF.mul(fromArray(SPECIES, c, from + r * apart));
            FloatVector added = opensI.mul(pG.mul(qF));
            FloatVector common = qI.mul(qG);
            FloatVector cell = forgotten.fma(common, added).div(twiceF.mul(common));
            cell.intoArray(nextC, to + r * nextApart);
        }
    }

    /** The next h, gate o, and tanh of the next c. */
    @SuppressWarnings("checkstyle:MethodLength")
    static void nextHidden(int rows, float[] sums, CellRows cells, KeptCells all) {
        float[] nextC = cells.nextC.values;
        float[] nextH = cells.nextH.values;
        float[] kept = all.gates.values;
        float[] tanh = all.cellTanh.values;
        int from = cells.nextC.start(0);
        int apart = cells.nextC.stride();
        int to = cells.nextH.start(0);
        int nextApart = cells.nextH.stride();
        int gate = all.gates.start(0) + 3 * all.gates.width;
        int gateApart = all.gates.stride();
        int tanhAt = all.cellTanh.start(0);
        int tanhApart = all.cellTanh.stride();
        for (int r = 0; r < rows; r++) {
            int at = r * WIDTH;
            IntVector bitsO = fromArray(SPECIES, sums, at + 3 * LANES).reinterpretAsInts();
            IntVector absO = bitsO.and(Integer.MAX_VALUE);
            IntVector nanO = IntVector.broadcast(BITS, INFINITY).sub(absO).lanewise(ASHR, SIGN);
            FloatVector o =
                    absO.min(LARGEST)
                            .or(nanO)
                            .or(bitsO.and(Integer.MIN_VALUE))
                            .reinterpretAsFloats();
            FloatVector sO = o.mul(o);
            FloatVector pO = sO.fma(broadcast(SPECIES, P13), broadcast(SPECIES, P11));
            pO = sO.fma(pO, broadcast(SPECIES, P9));
            pO = sO.fma(pO, broadcast(SPECIES, P7));
            pO = sO.fma(pO, broadcast(SPECIES, P5));
            pO = sO.fma(pO, broadcast(SPECIES, P3));
            pO = sO.fma(pO, broadcast(SPECIES, P1)).mul(o);
            FloatVector qO = sO.fma(broadcast(SPECIES, Q6), broadcast(SPECIES, Q4));
            qO = sO.fma(qO, broadcast(SPECIES, Q2));
            qO = sO.fma(qO, broadcast(SPECIES, Q0));
            FloatVector opensO = qO.add(pO);
            FloatVector twiceO = qO.add(qO);
            opensO.div(twiceO).intoArray(kept, gate + r * gateApart);
            IntVector bitsC = fromArray(SPECIES, nextC, from + r * apart).reinterpretAsInts();
            IntVector absC = bitsC.and(Integer.MAX_VALUE);
            IntVector nanC = IntVector.broadcast(BITS, INFINITY).sub(absC).lanewise(ASHR, SIGN);
            FloatVector c =
                    absC.min(LARGEST)
                            .or(nanC)
                            .or(bitsC.and(Integer.MIN_VALUE))
                            .reinterpretAsFloats();
            FloatVector sC = c.mul(c);
            FloatVector pC = sC.fma(broadcast(SPECIES, P13), broadcast(SPECIES, P11));
            pC = sC.fma(pC, broadcast(SPECIES, P9));
            pC = sC.fma(pC, broadcast(SPECIES, P7));
            pC = sC.fma(pC, broadcast(SPECIES, P5));
            pC = sC.fma(pC, broadcast(SPECIES, P3));
            pC = sC.fma(pC, broadcast(SPECIES, P1)).mul(c);
            FloatVector qC = sC.fma(broadcast(SPECIES, Q6), broadcast(SPECIES, Q4));
            qC = sC.fma(qC, broadcast(SPECIES, Q2));
            qC = sC.fma(qC, broadcast(SPECIES, Q0));
            pC.div(qC).intoArray(tanh, tanhAt + r * tanhApart);
            FloatVector h = opensO.mul(pC).div(twiceO.mul(qC));
            h.intoArray(nextH, to + r * nextApart);
        }
    }
}
