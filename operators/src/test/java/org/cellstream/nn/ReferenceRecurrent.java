package org.cellstream.nn;

import java.util.Arrays;
import org.cellstream.nn.ReferenceNetwork.OfLayer;

/** One direction of a recurrent layer written down plainly in double precision. */
final class ReferenceRecurrent {

    private final Layer layer;
    private final CellFunctions functions;
    private final int inputs;
    private final double[] weights;
    private final Parameters parameters;
    private final String name;
    private final String suffix;

    /**
     * @param name of the layer
     * @param suffix of its parameters: empty, or that of the direction
     */
    ReferenceRecurrent(
            ReferenceNetwork network, int index, Layer layer, String name, String suffix) {
        this.layer = layer;
        this.functions = layer instanceof Lstm lstm ? lstm.functions() : ((Gru) layer).functions();
        this.inputs = network.network().inputsOf(index);
        this.weights = network.weights();
        this.parameters = network.network().parameters();
        this.name = name;
        this.suffix = suffix;
    }

    /**
     * All time steps.
     *
     * @param states h, and c of an LSTM, of all rows before the first step; overwritten by those
     *     after the last
     * @param out filled
     */
    void run(WindowShape shape, double[] whole, double[][] states, OfLayer out) {
        double[] in = masked(whole, out.of("inputMask"));
        for (int r = 0; r < shape.rows(); r++) {
            double[] state = states[r];
            copy(state, 0, hidden(), out.of("firstHidden"), r);
            if (layer instanceof Lstm) {
                copy(state, hidden(), units(), out.of("firstCell"), r);
            }
            for (int t = 0; t < shape.steps(); t++) {
                int n = t * shape.rows() + r;
                double[] seen = seen(r, state, out.of("hiddenMask"));
                if (layer instanceof Lstm) {
                    lstm(n, in, seen, state, out);
                } else {
                    gru(n, in, seen, state, out);
                }
                copy(state, 0, hidden(), out.outputs(), n);
            }
        }
    }

    /** Every time step times the mask, if there is one. */
    private static double[] masked(double[] values, double[] mask) {
        if (mask.length == 0) {
            return values;
        }
        double[] masked = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            masked[i] = values[i] * mask[i % mask.length];
        }
        return masked;
    }

    /** h of one row as the sums see it. */
    private double[] seen(int row, double[] state, double[] mask) {
        double[] seen = Arrays.copyOf(state, hidden());
        for (int u = 0; u < hidden() && mask.length > 0; u++) {
            seen[u] *= mask[row * hidden() + u];
        }
        return seen;
    }

    private static void copy(double[] from, int at, int length, double[] to, int row) {
        System.arraycopy(from, at, to, row * length, length);
    }

    private int units() {
        return layer instanceof Lstm lstm ? lstm.units() : ((Gru) layer).units();
    }

    private int hidden() {
        return layer.outputs(inputs);
    }

    private void lstm(int n, double[] in, double[] seen, double[] state, OfLayer out) {
        int units = units();
        double[] gates = out.of("gates");
        double[] shown = new double[units];
        double[] next = state.clone();
        for (int u = 0; u < units; u++) {
            double i = gate(sum(u, n, in, seen));
            double f = gate(sum(units + u, n, in, seen));
            double g = value(sum(2 * units + u, n, in, seen));
            double o = gate(sum(3 * units + u, n, in, seen));
            double c = f * state[hidden() + u] + i * g;
            next[hidden() + u] = c;
            shown[u] = o * value(c);
            gates[n * 4 * units + u] = i;
            gates[n * 4 * units + units + u] = f;
            gates[n * 4 * units + 2 * units + u] = g;
            gates[n * 4 * units + 3 * units + u] = o;
            out.of("cells")[n * units + u] = c;
            out.of("cellTanh")[n * units + u] = value(c);
        }
        System.arraycopy(next, 0, state, 0, state.length);
        boolean projected = hidden() < units;
        for (int p = 0; p < hidden(); p++) {
            state[p] = projected ? dot(at("weight_hr_l0") + p * units, shown, 0, units) : shown[p];
        }
    }

    private void gru(int n, double[] in, double[] seen, double[] h, OfLayer out) {
        int units = units();
        double[] r = new double[units];
        double[] left = new double[units];
        for (int u = 0; u < units; u++) {
            r[u] = gate(sum(u, n, in, seen) + recurrentBias(u));
            left[u] = r[u] * seen[u];
        }
        double[] next = new double[units];
        for (int u = 0; u < units; u++) {
            int atN = 2 * units + u;
            double z = gate(sum(units + u, n, in, seen) + recurrentBias(units + u));
            double over = weights[at("bias_ih_l0") + atN] + overInputs(atN, n, in);
            boolean after = ((Gru) layer).reset() == Gru.Reset.AFTER;
            double sum = overHidden(atN, seen) + recurrentBias(atN);
            double candidate = value(over + (after ? r[u] * sum : overHidden(atN, left)));
            next[u] = (1 - z) * candidate + z * h[u];
            out.of("gates")[n * 3 * units + u] = r[u];
            out.of("gates")[n * 3 * units + units + u] = z;
            out.of("gates")[n * 3 * units + 2 * units + u] = candidate;
            out.of("recalled")[n * units + u] = after ? sum : left[u];
        }
        System.arraycopy(next, 0, h, 0, units);
    }

    private double recurrentBias(int j) {
        boolean after = ((Gru) layer).reset() == Gru.Reset.AFTER;
        return after ? weights[at("bias_hh_l0") + j] : 0;
    }

    /** Bias, inputs and h of gate j. */
    private double sum(int j, int n, double[] in, double[] h) {
        return weights[at("bias_ih_l0") + j] + overInputs(j, n, in) + overHidden(j, h);
    }

    private double overInputs(int j, int n, double[] in) {
        return dot(at("weight_ih_l0") + j * inputs, in, n * inputs, inputs);
    }

    private double overHidden(int j, double[] h) {
        return dot(at("weight_hh_l0") + j * hidden(), h, 0, hidden());
    }

    private int at(String parameter) {
        return parameters.offset(name + "." + parameter + suffix);
    }

    private double dot(int weight, double[] in, int at, int n) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
            sum += weights[weight + k] * in[at + k];
        }
        return sum;
    }

    private double gate(double z) {
        return ReferenceActivation.of(functions.recurrent(), z);
    }

    private double value(double z) {
        return ReferenceActivation.of(functions.activation(), z);
    }
}
