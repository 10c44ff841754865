package org.cellstream.jobs.model;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Keras' layers over one sequence {@code [T, width]}, written down from the equations in its
 * documentation, in double precision, with its own layout of weights: kernels are multiplied from
 * the right, an LSTM's gates are i, f, c, o and a GRU's z, r, h.
 */
final class KerasByHand {

    static final DoubleUnaryOperator SIGMOID = z -> 1 / (1 + Math.exp(-z));

    private KerasByHand() {}

    /** Keras 2's and Keras 3's functions of these names. */
    static DoubleUnaryOperator function(String name, boolean isKeras2) {
        return switch (name) {
            case "linear" -> z -> z;
            case "relu" -> z -> Math.max(z, 0);
            case "leaky_relu" -> z -> z > 0 ? z : 0.2 * z;
            case "elu" -> z -> z > 0 ? z : Math.expm1(z);
            case "selu" -> z -> 1.05070098 * (z > 0 ? z : 1.67326324 * Math.expm1(z));
            case "tanh" -> Math::tanh;
            case "sigmoid" -> SIGMOID;
            case "softplus" -> z -> Math.log1p(Math.exp(z));
            case "softsign" -> z -> z / (1 + Math.abs(z));
            case "exponential" -> Math::exp;
            case "hard_sigmoid" ->
                    isKeras2
                            ? z -> Math.min(Math.max(0.2 * z + 0.5, 0), 1)
                            : z -> Math.min(Math.max(z + 3, 0), 6) / 6;
            default -> throw new IllegalArgumentException(name);
        };
    }

    /**
     * Weights as Keras lists them.
     *
     * @param bias as many rows as Keras has: one, or two for a GRU with reset_after
     */
    record Cell(float[][] kernel, float[][] recurrent, float[][] bias) {

        static Cell random(KerasFixture fixture, int inputs, int units, int gates, int biases) {
            return new Cell(
                    fixture.matrix(inputs, gates * units),
                    fixture.matrix(units, gates * units),
                    fixture.matrix(biases, gates * units));
        }

        Object[] variables() {
            return new Object[] {kernel, recurrent, bias.length == 1 ? bias[0] : bias};
        }

        private int units() {
            return recurrent.length;
        }

        private double overX(double[] x, int column) {
            return sum(x, kernel, column) + bias[0][column];
        }

        private double overH(double[] h, int column) {
            return sum(h, recurrent, column) + (bias.length > 1 ? bias[1][column] : 0);
        }
    }

    static double[][] lstm(
            Cell cell, DoubleUnaryOperator activation, DoubleUnaryOperator gate, double[][] in) {
        int n = cell.units();
        double[] h = new double[n];
        double[] c = new double[n];
        double[][] out = new double[in.length][];
        for (int t = 0; t < in.length; t++) {
            double[] next = new double[n];
            for (int u = 0; u < n; u++) {
                double i = gate.applyAsDouble(cell.overX(in[t], u) + cell.overH(h, u));
                double f = gate.applyAsDouble(cell.overX(in[t], n + u) + cell.overH(h, n + u));
                double g = cell.overX(in[t], 2 * n + u) + cell.overH(h, 2 * n + u);
                double o = cell.overX(in[t], 3 * n + u) + cell.overH(h, 3 * n + u);
                c[u] = f * c[u] + i * activation.applyAsDouble(g);
                next[u] = gate.applyAsDouble(o) * activation.applyAsDouble(c[u]);
            }
            h = next;
            out[t] = h;
        }
        return out;
    }

    /** With reset_after if there are two biases. */
    static double[][] gru(
            Cell cell, DoubleUnaryOperator activation, DoubleUnaryOperator gate, double[][] in) {
        int n = cell.units();
        boolean isAfter = cell.bias().length > 1;
        double[] h = new double[n];
        double[][] out = new double[in.length][];
        for (int t = 0; t < in.length; t++) {
            double[] r = new double[n];
            double[] left = new double[n];
            for (int u = 0; u < n; u++) {
                r[u] = gate.applyAsDouble(cell.overX(in[t], n + u) + cell.overH(h, n + u));
                left[u] = r[u] * h[u];
            }
            double[] next = new double[n];
            for (int u = 0; u < n; u++) {
                double z = gate.applyAsDouble(cell.overX(in[t], u) + cell.overH(h, u));
                int at = 2 * n + u;
                double recalled =
                        isAfter ? r[u] * cell.overH(h, at) : sum(left, cell.recurrent(), at);
                double candidate = activation.applyAsDouble(cell.overX(in[t], at) + recalled);
                next[u] = z * h[u] + (1 - z) * candidate;
            }
            h = next;
            out[t] = h;
        }
        return out;
    }

    static double[][] dense(
            float[][] kernel, float[] bias, DoubleUnaryOperator activation, double[][] in) {
        double[][] out = new double[in.length][bias.length];
        for (int t = 0; t < in.length; t++) {
            for (int u = 0; u < bias.length; u++) {
                out[t][u] = activation.applyAsDouble(sum(in[t], kernel, u) + bias[u]);
            }
        }
        return out;
    }

    static double[][] reversed(double[][] in) {
        double[][] out = new double[in.length][];
        for (int t = 0; t < in.length; t++) {
            out[t] = in[in.length - 1 - t];
        }
        return out;
    }

    static double[][] merged(double[][] a, double[][] b, DoubleBinaryOperator merge) {
        double[][] out = new double[a.length][a[0].length];
        for (int t = 0; t < a.length; t++) {
            for (int u = 0; u < a[t].length; u++) {
                out[t][u] = merge.applyAsDouble(a[t][u], b[t][u]);
            }
        }
        return out;
    }

    private static double sum(double[] x, float[][] kernel, int column) {
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += x[k] * kernel[k][column];
        }
        return sum;
    }
}
