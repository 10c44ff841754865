package org.cellstream.nn;

/**
 * A GRU layer; its two forms differ in how they come to a panel's gates and candidates.
 *
 * <p>Panel by panel, while the panel's scratch is in the cache. A kernel writes whole vectors, so
 * the h of a panel with padding goes through scratch.
 *
 * @see <a href="https://arxiv.org/abs/1406.1078">Cho et al. 2014</a>
 */
abstract sealed class GruPass implements LayerPass permits GruAfterPass, GruBeforePass {

    final Kernels kernels;
    final CellCurves curves;
    final int units;
    final int lanes;
    final int width;
    final int weightIh;
    final int weightHh;
    final int biasIh;
    private final int stateAt;
    private final int stateSize;

    final Rows x;

    /** h before a step as the gates' sums see it; h itself but for what is dropped. */
    final Rows seen;

    private final Rows h;
    private final Rows gathered;

    /** Whether the last panel comes first: it is the one that the cache still holds. */
    private boolean turned;

    private final MaskedRows maskedX;
    private final MaskedRows maskedH;
    private final Rows nextH;
    private final HiddenRows hidden;
    private final HiddenRows padded;
    private final Rows columns;

    GruPass(Network network, int index, Kernels kernels, int maxRows) {
        Gru layer = (Gru) network.layers().get(index);
        this.kernels = kernels;
        this.curves = new CellCurves(kernels, layer.functions());
        this.units = layer.units();
        this.lanes = kernels.lanes(units);
        this.width = network.inputsOf(index);
        this.weightIh = network.parameters().offset(network.nameOf(index) + ".weight_ih_l0");
        this.weightHh = weightIh + Gru.GATES * units * width;
        this.biasIh = weightHh + Gru.GATES * units * units;
        this.stateAt = network.stateOffset(index);
        this.stateSize = network.stateSize();
        this.x = new Rows(width);
        this.h = new Rows(units);
        this.gathered = new Rows(units);
        gathered.at(new float[Math.min(LayerPass.BLOCK, maxRows) * units], 0, units);
        this.seen = new Rows(units);
        this.maskedX = new MaskedRows(layer.dropout().inputs(), width, maxRows);
        this.maskedH = new MaskedRows(layer.dropout().hidden(), units, maxRows);
        this.nextH = new Rows(units);
        this.hidden = new HiddenRows(lanes);
        this.padded = HiddenRows.scratch(lanes, maxRows);
        this.columns = new Rows(lanes);
    }

    /** All that has to be there before the first panel's step. */
    abstract void prepare(int rows);

    /**
     * One panel's step.
     *
     * @param keeps whether {@link #keep} comes next
     */
    abstract void step(int panel, int rows, HiddenRows hidden, boolean keeps);

    /**
     * Steps all panels of one row together, as if they were rows, if that can be done.
     *
     * @param backwards whether the last panels come first
     */
    boolean stepRow(HiddenRows hidden, boolean backwards) {
        return false;
    }

    /** Keeps what the last step of a panel computed. */
    abstract void keep(int panel, int t, int rows, GruActivations kept);

    @Override
    public Rows step(int rows, Rows in, Rows states, float[] nextState) {
        for (int row = 0; row < rows; row += LayerPass.BLOCK) {
            int some = Math.min(LayerPass.BLOCK, rows - row);
            x.at(in, 0, row);
            h.at(states, stateAt, row);
            if (h.scattered()) {
                Rows.copy(some, units, h, gathered);
                h.at(gathered, 0);
            }
            seen.at(h, 0);
            nextH.at(nextState, stateAt + row * stateSize, stateSize);
            prepare(some);
            if (some > 1 || !stepRow()) {
                for (int i = 0; i < panels(); i++) {
                    step(turned ? panels() - 1 - i : i, some, false);
                }
            }
            turned = !turned;
        }
        nextH.at(nextState, stateAt, stateSize);
        return nextH;
    }

    /** Steps all panels of one row together, if that can be done. */
    private boolean stepRow() {
        if (panels() == 1 || units % lanes != 0) {
            return false;
        }
        hidden.h.at(h.values, h.start(0), lanes);
        hidden.nextH.at(nextH.values, nextH.start(0), lanes);
        return stepRow(hidden, turned);
    }

    private void step(int panel, int rows, boolean keeps) {
        HiddenRows cells = before(panel, rows);
        step(panel, rows, cells, keeps);
        if (cells == padded) {
            columns.at(nextH, panel * lanes);
            Rows.copy(rows, used(panel), padded.nextH, columns);
        }
    }

    /** Where one panel's units are, as wide as a vector. */
    private HiddenRows before(int panel, int rows) {
        return before(h, panel, rows);
    }

    /** Where one panel's units of {@link #seen} are, as wide as a vector. */
    final Rows seenBefore(int panel, int rows) {
        return before(seen, panel, rows).h;
    }

    private HiddenRows before(Rows of, int panel, int rows) {
        if (used(panel) == lanes) {
            hidden.h.at(of, panel * lanes);
            hidden.nextH.at(nextH, panel * lanes);
            return hidden;
        }
        columns.at(of, panel * lanes);
        Rows.copy(rows, used(panel), columns, padded.h);
        return padded;
    }

    @Override
    public void unroll(Activations all, int index, float[] state, float[] nextState) {
        GruActivations kept = (GruActivations) all.layer(index);
        int rows = all.rows();
        h.at(kept.firstHidden(), 0, units);
        nextH.at(state, stateAt, stateSize);
        Rows.copy(rows, units, nextH, h);
        for (int t = 0; t < all.steps(); t++) {
            LayerPass.inputAt(t, all, index, x);
            seen.at(h, 0);
            maskedX.mask(rows, x, kept.inputMask());
            maskedH.mask(rows, seen, kept.hiddenMask());
            nextH.at(kept.outputs(), t * rows * units, units);
            prepare(rows);
            for (int panel = 0; panel < panels(); panel++) {
                step(panel, rows, true);
                keep(panel, t, rows, kept);
            }
            h.at(nextH, 0);
        }
        nextH.at(nextState, stateAt, stateSize);
        Rows.copy(rows, units, h, nextH);
    }

    /** Where gate {@code gate} of a panel is kept at time step t. */
    final Rows gateAt(int panel, int t, int rows, int gate, GruActivations kept) {
        columns.at(
                kept.gates(),
                (Gru.GATES * t * rows + gate) * units + panel * lanes,
                Gru.GATES * units);
        return columns;
    }

    /** Where the panel's part of {@code kept.recalled()} is kept at time step t. */
    final Rows recalledAt(int panel, int t, int rows, GruActivations kept) {
        columns.at(kept.recalled(), t * rows * units + panel * lanes, units);
        return columns;
    }

    final int panels() {
        return (units + lanes - 1) / lanes;
    }

    final int used(int panel) {
        return Math.min(lanes, units - panel * lanes);
    }
}
