package org.cellstream.nn;

import static org.cellstream.nn.RationalTanh.clamp;
import static org.cellstream.nn.RationalTanh.denominator;
import static org.cellstream.nn.RationalTanh.numerator;

/** The scalar form; also of what fills no vector. */
final class ScalarLearning extends LearningKernels {

    static final ScalarLearning INSTANCE = new ScalarLearning();

    private static final int LANES = 16;

    private ScalarLearning() {}

    @Override
    int lanes() {
        return LANES;
    }

    @Override
    void addProducts(int rows, int depth, Block left, Block right, Block sums) {
        int columns = right.rowStride;
        for (int r = 0; r < rows; r++) {
            int to = sums.at + r * sums.rowStride;
            int from = left.at + r * left.rowStride;
            for (int k = 0; k < depth; k++) {
                float x = left.values[from + k * left.columnStride];
                int w = right.at + k * columns;
                for (int j = 0; j < columns; j++) {
                    sums.values[to + j] = Math.fma(x, right.values[w + j], sums.values[to + j]);
                }
            }
        }
    }

    @Override
    void lstm(int rows, Fractions fractions, CellRows cells, KeptCells kept) {
        float[] sums = fractions.numerators;
        int lanes = cells.c.width;
        int apart = kept.gates.width;
        float[] gates = kept.gates.values;
        for (int r = 0; r < rows; r++) {
            int nextH = cells.nextH.start(r);
            int gate = kept.gates.start(r);
            for (int j = 0; j < lanes; j++) {
                int at = 4 * lanes * r + j;
                float i = clamp(sums[at]);
                float f = clamp(sums[at + lanes]);
                float g = clamp(sums[at + 2 * lanes]);
                float o = clamp(sums[at + 3 * lanes]);
                float qi = denominator(i);
                float qf = denominator(f);
                float qg = denominator(g);
                float qo = denominator(o);
                float opensI = qi + numerator(i);
                float opensF = qf + numerator(f);
                float opensO = qo + numerator(o);
                float pg = numerator(g);
                float common = qi * qg;
                float added = opensI * (pg * qf);
                float cell =
                        Math.fma(opensF * cells.c.values[cells.c.start(r) + j], common, added)
                                / ((qf + qf) * common);
                float clamped = clamp(cell);
                float pc = numerator(clamped);
                float qc = denominator(clamped);
                cells.nextC.values[cells.nextC.start(r) + j] = cell;
                cells.nextH.values[nextH + j] = opensO * pc / ((qo + qo) * qc);
                gates[gate + j] = opensI / (qi + qi);
                gates[gate + apart + j] = opensF / (qf + qf);
                gates[gate + 2 * apart + j] = pg / qg;
                gates[gate + 3 * apart + j] = opensO / (qo + qo);
                kept.cellTanh.values[kept.cellTanh.start(r) + j] = pc / qc;
            }
        }
    }

    @Override
    public void lstmBackward(int rows, int units, LstmSlopes step) {
        for (int row = 0; row < rows; row++) {
            lstmBackward(row, 0, units, step);
        }
    }

    /** Of the units from {@code first} on of one row. */
    void lstmBackward(int row, int first, int units, LstmSlopes step) {
        float[] gates = step.gates().values();
        float[] sums = step.sumsGradient().values();
        float[] cellGradient = step.cellGradient().values();
        int gate = step.gates().at() + 4 * row * units;
        int to = step.sumsGradient().at() + 4 * row * units;
        int at = row * units;
        for (int u = first; u < units; u++) {
            float i = gates[gate + u];
            float f = gates[gate + units + u];
            float g = gates[gate + 2 * units + u];
            float o = gates[gate + 3 * units + u];
            float tanh = step.cellTanh().values()[step.cellTanh().at() + at + u];
            float before = step.cellsBefore().values()[step.cellsBefore().at() + at + u];
            float dh = step.shownGradient().values()[step.shownGradient().at() + at + u];
            int ofCell = step.cellGradient().at() + at + u;
            float dc = Math.fma(dh * o, 1 - tanh * tanh, cellGradient[ofCell]);
            sums[to + u] = dc * g * (i * (1 - i));
            sums[to + units + u] = dc * before * (f * (1 - f));
            sums[to + 2 * units + u] = dc * i * (1 - g * g);
            sums[to + 3 * units + u] = dh * tanh * (o * (1 - o));
            cellGradient[ofCell] = dc * f;
        }
    }

    @Override
    public void addRows(int rows, int columns, Slice from, Slice to) {
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < columns; j++) {
                to.values()[to.at() + j] += from.values()[from.at() + row * columns + j];
            }
        }
    }

    @Override
    public void adam(AdamNumbers numbers, float[] weights, float[] gradient, float[] moments) {
        adam(numbers, 0, weights, gradient, moments);
    }

    /** Of the weights from {@code first} on. */
    static void adam(
            AdamNumbers numbers, int first, float[] weights, float[] gradient, float[] moments) {
        int size = weights.length;
        for (int p = first; p < size; p++) {
            float g = gradient[p];
            float m = Math.fma(numbers.firstKept(), moments[p], numbers.firstNew() * g);
            float v =
                    Math.fma(numbers.secondKept(), moments[size + p], numbers.secondNew() * g * g);
            moments[p] = m;
            moments[size + p] = v;
            float change = numbers.rate() * m / ((float) Math.sqrt(v) + numbers.epsilon());
            weights[p] = Math.fma(numbers.kept(), weights[p], -change);
        }
    }
}
