package org.cellstream.nn;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static org.cellstream.nn.VectorWidth.LANES;
import static org.cellstream.nn.VectorWidth.SPECIES;

import jdk.incubator.vector.FloatVector;

/** The vector form. What is left behind the last whole vector is computed by the scalar one. */
final class VectorLearning extends LearningKernels {

    static final VectorLearning INSTANCE = new VectorLearning();

    private VectorLearning() {}

    @Override
    int lanes() {
        return LANES;
    }

    @Override
    void addProducts(int rows, int depth, Block left, Block right, Block sums) {
        switch (right.rowStride / LANES) {
            case 4 -> VectorProducts.add4(rows, depth, left, right, sums);
            case 2 -> VectorProducts.add2(rows, depth, left, right, sums);
            default -> VectorProducts.add1(rows, depth, left, right, sums);
        }
    }

    @Override
    void lstm(int rows, Fractions gates, CellRows cells, KeptCells kept) {
        VectorCells.tanh(gates, 0, LANES, 4 * rows);
        VectorCells.nextCells(rows, gates, cells);
        VectorKeptCells.nextHidden(rows, gates, cells, kept.cellTanh);
        VectorKeptCells.gates(rows, gates, kept.gates);
    }

    @Override
    public void lstmBackward(int rows, int units, LstmSlopes step) {
        int whole = units - units % LANES;
        for (int row = 0; row < rows; row++) {
            wholeVectors(row, units, whole, step);
            ScalarLearning.INSTANCE.lstmBackward(row, whole, units, step);
        }
    }

    private static void wholeVectors(int row, int units, int whole, LstmSlopes step) {
        float[] gates = step.gates().values();
        float[] sums = step.sumsGradient().values();
        float[] cellTanh = step.cellTanh().values();
        float[] cellsBefore = step.cellsBefore().values();
        float[] shown = step.shownGradient().values();
        float[] cellGradient = step.cellGradient().values();
        int gate = step.gates().at() + 4 * row * units;
        int to = step.sumsGradient().at() + 4 * row * units;
        int tanhAt = step.cellTanh().at() + row * units;
        int beforeAt = step.cellsBefore().at() + row * units;
        int shownAt = step.shownGradient().at() + row * units;
        int cellAt = step.cellGradient().at() + row * units;
        FloatVector one = broadcast(SPECIES, 1);
        for (int u = 0; u < whole; u += LANES) {
            FloatVector i = fromArray(SPECIES, gates, gate + u);
            FloatVector f = fromArray(SPECIES, gates, gate + units + u);
            FloatVector g = fromArray(SPECIES, gates, gate + 2 * units + u);
            FloatVector o = fromArray(SPECIES, gates, gate + 3 * units + u);
            FloatVector tanh = fromArray(SPECIES, cellTanh, tanhAt + u);
            FloatVector dh = fromArray(SPECIES, shown, shownAt + u);
            FloatVector later = fromArray(SPECIES, cellGradient, cellAt + u);
            FloatVector dc = dh.mul(o).fma(one.sub(tanh.mul(tanh)), later);
            FloatVector dcBefore = dc.mul(fromArray(SPECIES, cellsBefore, beforeAt + u));
            dc.mul(g).mul(i.mul(one.sub(i))).intoArray(sums, to + u);
            dcBefore.mul(f.mul(one.sub(f))).intoArray(sums, to + units + u);
            dc.mul(i).mul(one.sub(g.mul(g))).intoArray(sums, to + 2 * units + u);
            dh.mul(tanh).mul(o.mul(one.sub(o))).intoArray(sums, to + 3 * units + u);
            dc.mul(f).intoArray(cellGradient, cellAt + u);
        }
    }

    /** Four rows at a time, so that sums are loaded and stored a quarter as often. */
    @Override
    public void addRows(int rows, int columns, Slice from, Slice to) {
        float[] values = from.values();
        float[] sums = to.values();
        int at = to.at();
        int whole = columns - columns % LANES;
        int row = 0;
        for (; row + 4 <= rows; row += 4) {
            int a = from.at() + row * columns;
            int b = a + columns;
            int c = b + columns;
            int d = c + columns;
            for (int j = 0; j < whole; j += LANES) {
                FloatVector sum = fromArray(SPECIES, sums, at + j);
                sum = sum.add(fromArray(SPECIES, values, a + j));
                sum = sum.add(fromArray(SPECIES, values, b + j));
                sum = sum.add(fromArray(SPECIES, values, c + j));
                sum = sum.add(fromArray(SPECIES, values, d + j));
                sum.intoArray(sums, at + j);
            }
            for (int j = whole; j < columns; j++) {
                float sum = sums[at + j] + values[a + j];
                sums[at + j] = sum + values[b + j] + values[c + j] + values[d + j];
            }
        }
        ScalarLearning.INSTANCE.addRows(rows - row, columns, from.from(row * columns), to);
    }

    @Override
    public void adam(AdamNumbers numbers, float[] weights, float[] gradient, float[] moments) {
        int size = weights.length;
        int whole = size - size % LANES;
        for (int p = 0; p < whole; p += LANES) {
            FloatVector g = fromArray(SPECIES, gradient, p);
            FloatVector m =
                    broadcast(SPECIES, numbers.firstKept())
                            .fma(fromArray(SPECIES, moments, p), g.mul(numbers.firstNew()));
            FloatVector v =
                    broadcast(SPECIES, numbers.secondKept())
                            .fma(
                                    fromArray(SPECIES, moments, size + p),
                                    g.mul(numbers.secondNew()).mul(g));
            m.intoArray(moments, p);
            v.intoArray(moments, size + p);
            FloatVector change = m.mul(numbers.rate()).div(v.sqrt().add(numbers.epsilon()));
            broadcast(SPECIES, numbers.kept())
                    .fma(fromArray(SPECIES, weights, p), change.neg())
                    .intoArray(weights, p);
        }
        ScalarLearning.adam(numbers, whole, weights, gradient, moments);
    }
}
