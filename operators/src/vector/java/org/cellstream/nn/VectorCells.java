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

/**
 * The cells of LSTM and GRU from their sums, in two loops each: two overlap better than one, each
 * step of which waits for two divisions.
 */
final class VectorCells {

    private VectorCells() {}

    /** The next c of an LSTM. */
    @SuppressWarnings("checkstyle:MethodLength")
    static void nextCells(int rows, float[] sums, CellRows cells) {
        float[] c = cells.c.values;
        float[] nextC = cells.nextC.values;
        int from = cells.c.start(0);
        int apart = cells.c.stride();
        int to = cells.nextC.start(0);
        int nextApart = cells.nextC.stride();
        for (int r = 0; r < rows; r++) {
            int at = r * WIDTH;
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
            FloatVector before = fromArray(SPECIES, c, from + r * apart);
            FloatVector forgotten = qF.add(pF).mul(before);
            FloatVector added = qI.add(pI).mul(pG.mul(qF));
            FloatVector common = qI.mul(qG);
            FloatVector cell = forgotten.fma(common, added).div(qF.add(qF).mul(common));
            cell.intoArray(nextC, to + r * nextApart);
        }
    }

    static void nextHidden(int rows, float[] sums, CellRows cells) {
        float[] nextC = cells.nextC.values;
        float[] nextH = cells.nextH.values;
        int from = cells.nextC.start(0);
        int apart = cells.nextC.stride();
        int to = cells.nextH.start(0);
        int nextApart = cells.nextH.stride();
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
            FloatVector h = qO.add(pO).mul(pC).div(qO.add(qO).mul(qC));
            h.intoArray(nextH, to + r * nextApart);
        }
    }

    /** Makes the candidate's sums over inputs its sums over all, as the reset gate allows. */
    static void addRecalled(int rows, float[] sums) {
        for (int row = 0; row < rows; row++) {
            int at = row * WIDTH;
            IntVector bitsR = fromArray(SPECIES, sums, at).reinterpretAsInts();
            IntVector absR = bitsR.and(Integer.MAX_VALUE);
            IntVector nanR = IntVector.broadcast(BITS, INFINITY).sub(absR).lanewise(ASHR, SIGN);
            FloatVector r =
                    absR.min(LARGEST)
                            .or(nanR)
                            .or(bitsR.and(Integer.MIN_VALUE))
                            .reinterpretAsFloats();
            FloatVector sR = r.mul(r);
            FloatVector pR = sR.fma(broadcast(SPECIES, P13), broadcast(SPECIES, P11));
            pR = sR.fma(pR, broadcast(SPECIES, P9));
            pR = sR.fma(pR, broadcast(SPECIES, P7));
            pR = sR.fma(pR, broadcast(SPECIES, P5));
            pR = sR.fma(pR, broadcast(SPECIES, P3));
            pR = sR.fma(pR, broadcast(SPECIES, P1)).mul(r);
            FloatVector qR = sR.fma(broadcast(SPECIES, Q6), broadcast(SPECIES, Q4));
            qR = sR.fma(qR, broadcast(SPECIES, Q2));
            qR = sR.fma(qR, broadcast(SPECIES, Q0));
            FloatVector reset = qR.add(pR).div(qR.add(qR));
            FloatVector recalled = fromArray(SPECIES, sums, at + 3 * LANES);
            FloatVector sum = reset.fma(recalled, fromArray(SPECIES, sums, at + 2 * LANES));
            sum.intoArray(sums, at + 2 * LANES);
        }
    }

    static void nextHidden(int rows, float[] sums, HiddenRows hidden) {
        float[] h = hidden.h.values;
        float[] nextH = hidden.nextH.values;
        int from = hidden.h.start(0);
        int apart = hidden.h.stride();
        int to = hidden.nextH.start(0);
        int nextApart = hidden.nextH.stride();
        for (int row = 0; row < rows; row++) {
            int at = row * WIDTH;
            IntVector bitsZ = fromArray(SPECIES, sums, at + LANES).reinterpretAsInts();
            IntVector absZ = bitsZ.and(Integer.MAX_VALUE);
            IntVector nanZ = IntVector.broadcast(BITS, INFINITY).sub(absZ).lanewise(ASHR, SIGN);
            FloatVector z =
                    absZ.min(LARGEST)
                            .or(nanZ)
                            .or(bitsZ.and(Integer.MIN_VALUE))
                            .reinterpretAsFloats();
            FloatVector sZ = z.mul(z);
            FloatVector pZ = sZ.fma(broadcast(SPECIES, P13), broadcast(SPECIES, P11));
            pZ = sZ.fma(pZ, broadcast(SPECIES, P9));
            pZ = sZ.fma(pZ, broadcast(SPECIES, P7));
            pZ = sZ.fma(pZ, broadcast(SPECIES, P5));
            pZ = sZ.fma(pZ, broadcast(SPECIES, P3));
            pZ = sZ.fma(pZ, broadcast(SPECIES, P1)).mul(z);
            FloatVector qZ = sZ.fma(broadcast(SPECIES, Q6), broadcast(SPECIES, Q4));
            qZ = sZ.fma(qZ, broadcast(SPECIES, Q2));
            qZ = sZ.fma(qZ, broadcast(SPECIES, Q0));
            IntVector bitsN = fromArray(SPECIES, sums, at + 2 * LANES).reinterpretAsInts();
            IntVector absN = bitsN.and(Integer.MAX_VALUE);
            IntVector nanN = IntVector.broadcast(BITS, INFINITY).sub(absN).lanewise(ASHR, SIGN);
            FloatVector n =
                    absN.min(LARGEST)
                            .or(nanN)
                            .or(bitsN.and(Integer.MIN_VALUE))
                            .reinterpretAsFloats();
            FloatVector sN = n.mul(n);
            FloatVector pN = sN.fma(broadcast(SPECIES, P13), broadcast(SPECIES, P11));
            pN = sN.fma(pN, broadcast(SPECIES, P9));
            pN = sN.fma(pN, broadcast(SPECIES, P7));
            pN = sN.fma(pN, broadcast(SPECIES, P5));
            pN = sN.fma(pN, broadcast(SPECIES, P3));
            pN = sN.fma(pN, broadcast(SPECIES, P1)).mul(n);
            FloatVector qN = sN.fma(broadcast(SPECIES, Q6), broadcast(SPECIES, Q4));
            qN = sN.fma(qN, broadcast(SPECIES, Q2));
            qN = sN.fma(qN, broadcast(SPECIES, Q0));
            FloatVector kept = qZ.add(pZ).mul(fromArray(SPECIES, h, from + row * apart));
            FloatVector added = qZ.sub(pZ).mul(pN);
            FloatVector next = kept.fma(qN, added).div(qZ.add(qZ).mul(qN));
            next.intoArray(nextH, to + row * nextApart);
        }
    }
}
