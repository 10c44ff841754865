package org.cellstream.nn;

/**
 * A GRU whose reset gate acts on h. A candidate needs r * h of all units, so the reset gates of all
 * panels come first.
 */
final class GruBeforePass extends GruPass {

    private static final float HALF = 0.5f;

    private final Panels resetPanels;
    private final Panels updatePanels;
    private final Panels candidatePanels;
    private final JoinedRows inputs;
    private final JoinedRows candidateInputs;
    private final Gate[] resets;
    private final Gate update;
    private final Gate candidate;
    private final Rows left;
    private final Rows leftColumns;

    GruBeforePass(Network network, int index, Kernels kernels, int maxRows) {
        super(network, index, kernels, maxRows);
        this.resetPanels = new Panels(units, lanes, width + units, HALF);
        this.updatePanels = new Panels(units, lanes, width + units, HALF);
        this.candidatePanels = new Panels(units, lanes, width + units, 1);
        this.left = new Rows(units);
        left.at(new float[maxRows * panels() * lanes], 0, panels() * lanes);
        this.leftColumns = new Rows(lanes);
        this.inputs = new JoinedRows(width + units, maxRows);
        this.candidateInputs = new JoinedRows(width + units, maxRows);
        this.resets = new Gate[panels()];
        for (int panel = 0; panel < resets.length; panel++) {
            resets[panel] = Gate.alone(lanes, maxRows);
        }
        this.update = Gate.alone(lanes, maxRows);
        this.candidate = Gate.alone(lanes, maxRows);
    }

    @Override
    public void load(float[] weights) {
        Panels[] gates = {resetPanels, updatePanels, candidatePanels};
        for (int gate = 0; gate < gates.length; gate++) {
            int first = gate * units;
            gates[gate].pack(weights, biasIh + first, 1, 0);
            gates[gate].pack(weights, weightIh + first * width, width, 1);
            gates[gate].pack(weights, weightHh + first * units, units, 1 + width);
        }
    }

    @Override
    void prepare(int rows) {
        inputs.put(rows, 0, x);
        inputs.put(rows, width, seen);
        for (int panel = 0; panel < resets.length; panel++) {
            Fractions reset = resets[panel].fractions();
            kernels.sums(resetPanels, panel, rows, inputs.all, reset.numerators);
            curves.ofGates(reset, rows, lanes, lanes);
            leftColumns.at(left, panel * lanes);
            kernels.resets(rows, reset, seenBefore(panel, rows), leftColumns);
        }
        candidateInputs.put(rows, 0, x);
        candidateInputs.put(rows, width, left);
    }

    @Override
    void step(int panel, int rows, HiddenRows hidden, boolean keeps) {
        kernels.sums(updatePanels, panel, rows, inputs.all, update.fractions().numerators);
        curves.ofGates(update.fractions(), rows, lanes, lanes);
        kernels.sums(
                candidatePanels,
                panel,
                rows,
                candidateInputs.all,
                candidate.fractions().numerators);
        curves.ofValues(candidate.fractions(), rows * lanes);
        kernels.blends(rows, update, candidate.fractions(), hidden);
    }

    @Override
    void keep(int panel, int t, int rows, GruActivations kept) {
        int used = used(panel);
        resets[panel].sigmoids(rows, used, gateAt(panel, t, rows, 0, kept));
        update.sigmoids(rows, used, gateAt(panel, t, rows, 1, kept));
        candidate.quotients(rows, used, gateAt(panel, t, rows, 2, kept));
        leftColumns.at(left, panel * lanes);
        Rows.copy(rows, used, leftColumns, recalledAt(panel, t, rows, kept));
    }
}
