package org.cellstream.nn;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.MAX;
import static org.cellstream.nn.VectorWidth.BITS;
import static org.cellstream.nn.VectorWidth.LANES;
import static org.cellstream.nn.VectorWidth.SPECIES;
import static org.cellstream.nn.VectorWidth.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The vector form. A panel holds as many units as a vector has lanes.
 *
 * <p>Looks odd, on purpose: the compiler keeps a vector in a register only where it sees all of its
 * life, else it makes an object of it, thirty times slower. So a vector is never passed to or
 * returned from a method of ours, not even to save lines; a tile's accumulators live in one loop,
 * not in nested ones; and the species is a constant. A loop over rows takes them a stride apart:
 * where each one's place is looked up, the compiler checks it in the loop, and that alone costs
 * twice as much as all arithmetic. And the tanh is written out wherever it is needed, its argument
 * cut by integers: a comparison of floats makes a mask, which JDK 17 carries from register to
 * register, for as long as all the rest takes.
 *
 * <p>Tried: buffers outside the heap, whose start can be aligned to cache lines. JDK 17 reads their
 * limit and address again for every vector: slower by half. {@link AlignedFloats} does without.
 */
final class VectorKernels extends Kernels {

    VectorKernels() {}

    @Override
    int lanes(int units) {
        return LANES;
    }

    @Override
    void sums(Panels weights, int panel, int rows, Rows inputs, float[] sums) {
        int at = weights.start(panel);
        if (weights.vectors == 4) {
            VectorSums.sums4(weights.values, at, rows, inputs, sums);
        } else {
            VectorSums.sums1(weights.values, at, rows, inputs, sums);
        }
    }

    @Override
    @SuppressWarnings("checkstyle:ParameterNumber")
    void gruSums(
            Panels overInputs, Panels overHidden, int panel, int rows, Rows inputs, float[] sums) {
        float[] w = overInputs.values;
        float[] u = overHidden.values;
        int at = overInputs.start(panel);
        int atH = overHidden.start(panel);
        int n = overInputs.depth;
        int r = 0;
        for (; r + 8 <= rows; r += 8) {
            VectorGruSums.tile8x3(w, at, u, atH, n, inputs, r, sums);
        }
        for (; r + 4 <= rows; r += 4) {
            VectorGruSums.tile4x3(w, at, u, atH, n, inputs, r, sums);
        }
        for (; r < rows; r++) {
            VectorGruSums.tile1x3(w, at, u, atH, n, inputs, inputs.start(r), sums, r * WIDTH);
        }
    }

    @Override
    void rowSums(Panels weights, Rows inputs, boolean backwards, float[] sums) {
        VectorSums.row4(weights, inputs, backwards, sums);
    }

    @Override
    @SuppressWarnings("checkstyle:ParameterNumber")
    void gruRowSums(
            Panels overInputs, Panels overHidden, Rows inputs, boolean backwards, float[] sums) {
        int count = overInputs.count();
        int pairs = (count + 1) / 2;
        for (int i = 0; i < pairs; i++) {
            int panel = 2 * (backwards ? pairs - 1 - i : i);
            if (panel + 1 < count) {
                VectorGruSums.tile1x6(overInputs, overHidden, panel, inputs, sums);
            } else {
                float[] w = overInputs.values;
                float[] u = overHidden.values;
                int at = overInputs.start(panel);
                int atH = overHidden.start(panel);
                int n = overInputs.depth;
                int a = inputs.start(0);
                VectorGruSums.tile1x3(w, at, u, atH, n, inputs, a, sums, panel * WIDTH);
            }
        }
    }

    @Override
    void tanhFractions(Fractions fractions, int rows, int stride, int n) {
        if (n == stride) {
            VectorCells.tanh(fractions, 0, LANES, rows * n / LANES);
            return;
        }
        for (int column = 0; column < n; column += LANES) {
            VectorCells.tanh(fractions, column, stride, rows);
        }
    }

    @Override
    void lstm(int rows, Fractions gates, CellRows cells) {
        VectorCells.tanh(gates, 0, LANES, 4 * rows);
        VectorCells.nextCells(rows, gates, cells);
        VectorCells.nextHidden(rows, gates, cells);
    }

    @Override
    void gru(int rows, Fractions gates, HiddenRows hidden) {
        VectorCells.tanh(gates, 0, WIDTH, rows);
        VectorCells.tanh(gates, LANES, WIDTH, rows);
        VectorCells.candidates(rows, gates);
        VectorCells.nextHidden(rows, gates, hidden);
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

    /** Bits of absolute values are ordered as these are, a NaN above all. */
    @Override
    float largest(float[] values, int from, int to) {
        IntVector most = IntVector.zero(BITS);
        int i = from;
        for (; i + LANES <= to; i += LANES) {
            IntVector bits = fromArray(SPECIES, values, i).reinterpretAsInts();
            most = most.max(bits.and(Integer.MAX_VALUE));
        }
        int largest = most.reduceLanes(MAX);
        for (; i < to; i++) {
            largest = Math.max(largest, Float.floatToRawIntBits(values[i]) & Integer.MAX_VALUE);
        }
        return Float.intBitsToFloat(largest);
    }

    @Override
    LearningKernels learning() {
        return VectorLearning.INSTANCE;
    }
}
