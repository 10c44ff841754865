package org.cellstream.nn;

import static org.cellstream.nn.RationalTanh.clamp;
import static org.cellstream.nn.RationalTanh.denominator;
import static org.cellstream.nn.RationalTanh.numerator;

/**
 * The scalar form. A panel is as wide as its layer, so that the inner loop runs over all columns.
 */
final class ScalarKernels extends Kernels {

    static final Kernels INSTANCE = new ScalarKernels();

    private ScalarKernels() {}

    @Override
    int lanes(int units) {
        return units;
    }

    @Override
    void sums(Panels weights, int panel, int rows, Rows inputs, float[] sums) {
        int width = weights.width();
        for (int r = 0; r < rows; r++) {
            int at = weights.start(panel);
            System.arraycopy(weights.values, at, sums, r * width, width);
            addProducts(weights, at + width, inputs, inputs.start(r), sums, r * width);
        }
    }

    /** Four inputs at a time, so that a sum is loaded and stored a quarter as often. */
    @SuppressWarnings("checkstyle:ParameterNumber")
    private static void addProducts(
            Panels weights, int at, Rows input, int row, float[] sums, int to) {
        float[] w = weights.values;
        int width = weights.width();
        float[] x = input.values;
        int k = 0;
        for (; k + 4 <= weights.depth; k += 4) {
            int w0 = at + k * width;
            int w1 = w0 + width;
            int w2 = w1 + width;
            int w3 = w2 + width;
            float x0 = x[row + k];
            float x1 = x[row + k + 1];
            float x2 = x[row + k + 2];
            float x3 = x[row + k + 3];
            for (int j = 0; j < width; j++) {
                float sum = Math.fma(x0, w[w0 + j], sums[to + j]);
                sum = Math.fma(x1, w[w1 + j], sum);
                sum = Math.fma(x2, w[w2 + j], sum);
                sums[to + j] = Math.fma(x3, w[w3 + j], sum);
            }
        }
        for (; k < weights.depth; k++) {
            int w0 = at + k * width;
            for (int j = 0; j < width; j++) {
                sums[to + j] = Math.fma(x[row + k], w[w0 + j], sums[to + j]);
            }
        }
    }

    @Override
    @SuppressWarnings("checkstyle:ParameterNumber")
    void gruSums(
            Panels overInputs, Panels overHidden, int panel, int rows, Rows inputs, float[] sums) {
        int lanes = overInputs.lanes;
        int width = overInputs.width();
        int x = overInputs.start(panel);
        int h = overHidden.start(panel);
        for (int r = 0; r < rows; r++) {
            int to = r * 4 * lanes;
            int row = inputs.start(r);
            System.arraycopy(overInputs.values, x, sums, to, width);
            addProducts(overInputs, x + width, inputs, row, sums, to);
            // The candidate's sums over inputs step aside, and those over h begin with their bias.
            System.arraycopy(sums, to + 2 * lanes, sums, to + 3 * lanes, lanes);
            System.arraycopy(overHidden.values, h + 2 * lanes, sums, to + 2 * lanes, lanes);
            addProducts(overHidden, h + width, inputs, row + overInputs.depth, sums, to);
            for (int j = to + 2 * lanes; j < to + 3 * lanes; j++) {
                float overH = sums[j];
                sums[j] = sums[j + lanes];
                sums[j + lanes] = overH;
            }
        }
    }

    /** There is but one panel. */
    @Override
    void rowSums(Panels weights, Rows inputs, boolean backwards, float[] sums) {
        sums(weights, 0, 1, inputs, sums);
    }

    @Override
    @SuppressWarnings("checkstyle:ParameterNumber")
    void gruRowSums(
            Panels overInputs, Panels overHidden, Rows inputs, boolean backwards, float[] sums) {
        gruSums(overInputs, overHidden, 0, 1, inputs, sums);
    }

    @Override
    void tanhFractions(Fractions fractions, int rows, int stride, int n) {
        float[] p = fractions.numerators;
        float[] q = fractions.denominators;
        for (int r = 0; r < rows; r++) {
            for (int j = r * stride; j < r * stride + n; j++) {
                float x = clamp(p[j]);
                p[j] = numerator(x);
                q[j] = denominator(x);
            }
        }
    }

    @Override
    void lstm(int rows, Fractions gates, CellRows cells) {
        float[] sums = gates.numerators;
        int lanes = cells.c.width;
        for (int r = 0; r < rows; r++) {
            int c = cells.c.start(r);
            int nextC = cells.nextC.start(r);
            int nextH = cells.nextH.start(r);
            for (int j = 0; j < lanes; j++) {
                int at = 4 * lanes * r + j;
                float i = clamp(sums[at]);
                float f = clamp(sums[at + lanes]);
                float g = clamp(sums[at + 2 * lanes]);
                float o = clamp(sums[at + 3 * lanes]);
                float qi = denominator(i);
                float qf = denominator(f);
                float forgotten = (qf + numerator(f)) * cells.c.values[c + j];
                float added = (qi + numerator(i)) * (numerator(g) * qf);
                float common = qi * denominator(g);
                float cell = Math.fma(forgotten, common, added) / ((qf + qf) * common);
                float qo = denominator(o);
                float clamped = clamp(cell);
                float shown = (qo + numerator(o)) * numerator(clamped);
                cells.nextC.values[nextC + j] = cell;
                cells.nextH.values[nextH + j] = shown / ((qo + qo) * denominator(clamped));
            }
        }
    }

    @Override
    void gru(int rows, Fractions gates, HiddenRows hidden) {
        float[] sums = gates.numerators;
        int lanes = hidden.h.width;
        for (int row = 0; row < rows; row++) {
            int h = hidden.h.start(row);
            int nextH = hidden.nextH.start(row);
            for (int j = 0; j < lanes; j++) {
                int at = 4 * lanes * row + j;
                float r = clamp(sums[at]);
                float z = clamp(sums[at + lanes]);
                float qr = denominator(r);
                float qz = denominator(z);
                float pz = numerator(z);
                float reset = (qr + numerator(r)) / (qr + qr);
                float n = clamp(Math.fma(reset, sums[at + 3 * lanes], sums[at + 2 * lanes]));
                float qn = denominator(n);
                float kept = (qz + pz) * hidden.h.values[h + j];
                float added = (qz - pz) * numerator(n);
                hidden.nextH.values[nextH + j] = Math.fma(kept, qn, added) / ((qz + qz) * qn);
            }
        }
    }

    @Override
    void cells(int rows, Fractions gates, CellRows cells, float[] next) {
        float[] p = gates.numerators;
        float[] q = gates.denominators;
        int lanes = cells.c.width;
        for (int r = 0; r < rows; r++) {
            int c = cells.c.start(r);
            int nextC = cells.nextC.start(r);
            for (int j = 0; j < lanes; j++) {
                int i = 4 * lanes * r + j;
                int f = i + lanes;
                int g = f + lanes;
                float forgotten = (q[f] + p[f]) * cells.c.values[c + j];
                float added = (q[i] + p[i]) * (p[g] * q[f]);
                float common = q[i] * q[g];
                float cell = Math.fma(forgotten, common, added) / ((q[f] + q[f]) * common);
                cells.nextC.values[nextC + j] = cell;
                next[lanes * r + j] = cell;
            }
        }
    }

    @Override
    void outputs(int rows, Fractions gates, Fractions cellTanh, CellRows cells) {
        float[] p = gates.numerators;
        float[] q = gates.denominators;
        int lanes = cells.c.width;
        for (int r = 0; r < rows; r++) {
            int nextH = cells.nextH.start(r);
            for (int j = 0; j < lanes; j++) {
                int o = 4 * lanes * r + 3 * lanes + j;
                int c = lanes * r + j;
                float shown = (q[o] + p[o]) * cellTanh.numerators[c];
                float common = (q[o] + q[o]) * cellTanh.denominators[c];
                cells.nextH.values[nextH + j] = shown / common;
            }
        }
    }

    @Override
    void gates(int rows, int lanes, Fractions gates) {
        float[] p = gates.numerators;
        float[] q = gates.denominators;
        for (int j = 0; j < 4 * lanes * rows; j++) {
            boolean candidate = j / lanes % 4 == 2;
            p[j] = candidate ? p[j] / q[j] : (q[j] + p[j]) / (q[j] + q[j]);
        }
    }

    @Override
    void quotients(Fractions fractions, int n) {
        for (int j = 0; j < n; j++) {
            fractions.numerators[j] /= fractions.denominators[j];
        }
    }

    @Override
    void candidates(int rows, int lanes, Fractions gates, float[] sums) {
        float[] p = gates.numerators;
        float[] q = gates.denominators;
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < lanes; j++) {
                int r = 4 * lanes * row + j;
                int x = r + 2 * lanes;
                float reset = (q[r] + p[r]) / (q[r] + q[r]);
                sums[lanes * row + j] = Math.fma(reset, p[x + lanes], p[x]);
            }
        }
    }

    @Override
    void resets(int rows, Fractions reset, Rows h, Rows left) {
        float[] p = reset.numerators;
        float[] q = reset.denominators;
        int lanes = h.width;
        for (int row = 0; row < rows; row++) {
            int from = h.start(row);
            int to = left.start(row);
            for (int j = 0; j < lanes; j++) {
                int r = lanes * row + j;
                float shown = (q[r] + p[r]) * h.values[from + j];
                left.values[to + j] = shown / (q[r] + q[r]);
            }
        }
    }

    @Override
    void blends(int rows, Gate update, Fractions candidates, HiddenRows hidden) {
        float[] p = update.fractions().numerators;
        float[] q = update.fractions().denominators;
        int lanes = hidden.h.width;
        for (int row = 0; row < rows; row++) {
            int h = hidden.h.start(row);
            int nextH = hidden.nextH.start(row);
            for (int j = 0; j < lanes; j++) {
                int z = update.start(row) + j;
                int n = lanes * row + j;
                float kept = (q[z] + p[z]) * hidden.h.values[h + j];
                float added = (q[z] - p[z]) * candidates.numerators[n];
                float common = (q[z] + q[z]) * candidates.denominators[n];
                hidden.nextH.values[nextH + j] =
                        Math.fma(kept, candidates.denominators[n], added) / common;
            }
        }
    }

    @Override
    float largest(float[] values, int from, int to) {
        float largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(values[i])); // a NaN stays
        }
        return largest;
    }

    @Override
    LearningKernels learning() {
        return ScalarLearning.INSTANCE;
    }
}
