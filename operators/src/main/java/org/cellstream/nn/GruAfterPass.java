package org.cellstream.nn;

/**
 * A GRU whose reset gate acts on the candidate's sums over h. A panel's vectors are r, z and the
 * candidate's two sums, over inputs and over h, each of which has zeros for the weights of the
 * other's rows; so one pass over inputs and h gives all four.
 */
final class GruAfterPass extends GruPass {

    private static final int VECTORS = 4;

    /** Gates r and z take half their sum, as sigmoid(z) = (1 + tanh(z / 2)) / 2. */
    private static final float[] SCALES = {0.5f, 0.5f, 1, 1};

    private final Panels panels;
    private final float[] bias;
    private final Rows[] inputs;
    private final Fractions gates;
    private final Gate reset;
    private final Gate update;
    private final Gate overHidden;
    private final Gate candidate;

    GruAfterPass(Network network, int index, Kernels kernels, int maxRows) {
        super(network, index, kernels, maxRows);
        this.panels = new Panels(units, lanes, width + units, SCALES);
        this.bias = new float[VECTORS * units];
        this.inputs = new Rows[] {x, seen};
        this.gates = new Fractions(maxRows * VECTORS * lanes);
        this.reset = new Gate(gates, 0, VECTORS * lanes);
        this.update = new Gate(gates, lanes, VECTORS * lanes);
        this.overHidden = new Gate(gates, 3 * lanes, VECTORS * lanes);
        this.candidate = Gate.alone(lanes, maxRows);
    }

    @Override
    public void load(float[] weights) {
        int biasHh = biasIh + Gru.GATES * units;
        for (int j = 0; j < 2 * units; j++) {
            bias[j] = weights[biasIh + j] + weights[biasHh + j];
        }
        System.arraycopy(weights, biasIh + 2 * units, bias, 2 * units, units);
        System.arraycopy(weights, biasHh + 2 * units, bias, 3 * units, units);
        panels.pack(bias, 0, 1, 0);
        for (int gate = 0; gate < Gru.GATES; gate++) {
            int rows = gate * units;
            int overHidden = gate < 2 ? gate : 3;
            panels.pack(weights, weightIh + rows * width, width, 1, gate);
            panels.pack(weights, weightHh + rows * units, units, 1 + width, overHidden);
        }
    }

    @Override
    void prepare(int rows) {
        // Nothing: a panel's sums need h alone.
    }

    @Override
    void step(int panel, int rows, HiddenRows hidden) {
        kernels.sums(panels, panel, rows, inputs, gates.numerators);
        curves.ofGates(gates, rows, VECTORS * lanes, 2 * lanes);
        kernels.candidates(rows, lanes, gates, candidate.fractions().numerators);
        curves.ofValues(candidate.fractions(), rows * lanes);
        kernels.blends(rows, update, candidate.fractions(), hidden);
    }

    @Override
    void keep(int panel, int t, int rows, GruActivations kept) {
        int used = used(panel);
        reset.sigmoids(rows, used, gateAt(panel, t, rows, 0, kept));
        update.sigmoids(rows, used, gateAt(panel, t, rows, 1, kept));
        candidate.quotients(rows, used, gateAt(panel, t, rows, 2, kept));
        overHidden.numerators(rows, used, recalledAt(panel, t, rows, kept));
    }
}
