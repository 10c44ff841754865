package org.cellstream.nn;

import static org.cellstream.nn.RationalTanh.clamp;
import static org.cellstream.nn.RationalTanh.denominator;
import static org.cellstream.nn.RationalTanh.numerator;

/**
 * The scalar form. A panel is as wide as its layer, so that its inner loop runs over all columns.
 */
final class ScalarKernels extends Kernels {

    static final Kernels INSTANCE = new ScalarKernels();

    private ScalarKernels() {}

    @Override
    int lanes(int units) {
        return units;
    }

    @Override
    void sums(Panels weights, int panel, int rows, Rows[] inputs, float[] sums) {
        int width = weights.width();
        for (int r = 0; r < rows; r++) {
            int at = weights.start(panel);
            System.arraycopy(weights.values, at, sums, r * width, width);
            for (Rows input : inputs) {
                int row = input.offset + r * input.stride;
                for (int k = 0; k < input.width; k++) {
                    at += width;
                    multiplyAdd(input.values[row + k], weights, at, sums, r * width);
                }
            }
        }
    }

    private static void multiplyAdd(float x, Panels weights, int at, float[] sums, int to) {
        float[] values = weights.values;
        int width = weights.width();
        for (int j = 0; j < width; j++) {
            sums[to + j] = Math.fma(x, values[at + j], sums[to + j]);
        }
    }

    @Override
    void tanhFractions(Fractions fractions, int n) {
        float[] p = fractions.numerators;
        float[] q = fractions.denominators;
        for (int j = 0; j < n; j++) {
            float x = clamp(p[j]);
            p[j] = numerator(x);
            q[j] = denominator(x);
        }
    }

    @Override
    void cells(int rows, Fractions gates, CellRows cells) {
        for (int r = 0; r < rows; r++) {
            row(r, gates.numerators, gates.denominators, cells);
        }
    }

    private static void row(int r, float[] p, float[] q, CellRows cells) {
        int lanes = cells.c.width;
        int i = 4 * lanes * r;
        int f = i + lanes;
        int g = f + lanes;
        int o = g + lanes;
        int c = cells.c.offset + r * cells.c.stride;
        int nextC = cells.nextC.offset + r * cells.nextC.stride;
        int nextH = cells.nextH.offset + r * cells.nextH.stride;
        for (int j = 0; j < lanes; j++) {
            float forgotten = (q[f + j] + p[f + j]) * cells.c.values[c + j];
            float added = (q[i + j] + p[i + j]) * (p[g + j] * q[f + j]);
            float common = q[i + j] * q[g + j];
            float cell = Math.fma(forgotten, common, added) / ((q[f + j] + q[f + j]) * common);
            float x = clamp(cell);
            float shown = (q[o + j] + p[o + j]) * numerator(x);
            cells.nextC.values[nextC + j] = cell;
            cells.nextH.values[nextH + j] = shown / ((q[o + j] + q[o + j]) * denominator(x));
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
}
