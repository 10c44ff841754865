package org.cellstream.nn;

/**
 * A GRU whose reset gate acts on the candidate's sums over h. A panel's vectors are r, z and the
 * candidate's two sums, over inputs and over h.
 */
final class GruAfterPass extends GruPass {

    private static final int VECTORS = 4;

    /** Gates r and z take half their sum, as sigmoid(z) = (1 + tanh(z / 2)) / 2. */
    private static final float[] SCALES = {0.5f, 0.5f, 1};

    private final Panels overInputs;
    private final Panels overHidden;
    private final float[] bias;
    private final JoinedRows inputs;
    private final Fractions gates;
    private final Gate reset;
    private final Gate update;
    private final Gate recalled;
    private final Gate candidate;

    GruAfterPass(Network network, int index, Kernels kernels, int maxRows) {
        super(network, index, kernels, maxRows);
        this.overInputs = new Panels(units, lanes, width, SCALES);
        this.overHidden = new Panels(units, lanes, units, SCALES);
        this.bias = new float[Gru.GATES * units];
        this.inputs = new JoinedRows(width + units, maxRows);
        this.gates = new Fractions(Math.max(maxRows, panels()) * VECTORS * lanes);
        this.reset = new Gate(gates, 0, VECTORS * lanes);
        this.update = new Gate(gates, lanes, VECTORS * lanes);
        this.recalled = new Gate(gates, 3 * lanes, VECTORS * lanes);
        this.candidate = Gate.alone(lanes, maxRows);
    }

    @Override
    public void load(float[] weights) {
        int biasHh = biasIh + Gru.GATES * units;
        for (int j = 0; j < 2 * units; j++) {
            bias[j] = weights[biasIh + j] + weights[biasHh + j];
        }
        System.arraycopy(weights, biasIh + 2 * units, bias, 2 * units, units);
        overInputs.pack(bias, 0, 1, 0);
        overInputs.pack(weights, weightIh, width, 1);
        overHidden.pack(weights, biasHh, 1, 0);
        overHidden.pack(weights, weightHh, units, 1);
    }

    @Override
    void prepare(int rows) {
        inputs.put(rows, 0, x);
        inputs.put(rows, width, seen);
    }

    @Override
    void step(int panel, int rows, HiddenRows hidden, boolean keeps) {
        kernels.gruSums(overInputs, overHidden, panel, rows, inputs.all, gates.numerators);
        if (!keeps && curves.areUsual()) {
            kernels.gru(rows, gates, hidden);
            return;
        }
        curves.ofGates(gates, rows, VECTORS * lanes, 2 * lanes);
        kernels.candidates(rows, lanes, gates, candidate.fractions().numerators);
        curves.ofValues(candidate.fractions(), rows * lanes);
        kernels.blends(rows, update, candidate.fractions(), hidden);
    }

    /** So many cells overlap, while those of one panel alone wait for each other's results. */
    @Override
    boolean stepRow(HiddenRows hidden, boolean backwards) {
        if (!curves.areUsual()) {
            return false;
        }
        kernels.gruRowSums(overInputs, overHidden, inputs.all, backwards, gates.numerators);
        kernels.gru(panels(), gates, hidden);
        return true;
    }

    @Override
    void keep(int panel, int t, int rows, GruActivations kept) {
        int used = used(panel);
        reset.sigmoids(rows, used, gateAt(panel, t, rows, 0, kept));
        update.sigmoids(rows, used, gateAt(panel, t, rows, 1, kept));
        candidate.quotients(rows, used, gateAt(panel, t, rows, 2, kept));
        recalled.numerators(rows, used, recalledAt(panel, t, rows, kept));
    }
}
