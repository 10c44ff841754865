package org.cellstream.nn;

import org.jspecify.annotations.Nullable;

/**
 * An LSTM layer.
 *
 * <p>Panel by panel: sums of all rows, their tanh fractions, then the cells, while the panel's
 * scratch is in the cache. A kernel writes whole vectors, so the cells of a panel with padding go
 * through scratch.
 *
 * @see <a href="https://doi.org/10.1162/089976600300015015">Gers et al. 2000</a>: forget gate; no
 *     peepholes here
 */
final class LstmPass implements LayerPass {

    /**
     * Gates i, f and o take half their sum, as sigmoid(z) = (1 + tanh(z / 2)) / 2; halving is
     * exact.
     */
    private static final float[] SCALES = {0.5f, 0.5f, 1, 0.5f};

    private final Kernels kernels;
    private final CellCurves curves;
    private final Panels panels;
    private final int weightIh;
    private final int hidden;
    private final int stateAt;
    private final int stateSize;

    private final Rows x;
    private final Rows h;
    private final Rows c;
    private final Rows nextC;
    private final Rows nextH;
    private final JoinedRows inputs;
    private final Rows gathered;

    /** Whether the last panel comes first: it is the one that the cache still holds. */
    private boolean turned;

    /** Whether all panels of a row can be stepped together, and there are several. */
    private final boolean isWhole;

    private final MaskedRows maskedX;
    private final MaskedRows maskedH;
    private final @Nullable LstmProjection projection;

    /** What the cells show: the next h, if it is not projected. */
    private final Rows shown;

    private final Fractions gates;
    private final Fractions cellTanh;
    private final CellRows cells;
    private final CellRows padded;
    private final KeptCells kept;
    private final LearningKernels learning;
    private final Block ofInputs = new Block();
    private final Block ofWeights = new Block();
    private final Block toSums = new Block();
    private final Rows scratch;
    private final Rows columns;

    LstmPass(Network network, int index, Kernels kernels, int maxRows) {
        Lstm layer = (Lstm) network.layers().get(index);
        int width = network.inputsOf(index);
        int units = layer.units();
        int lanes = kernels.lanes(units);
        this.hidden = layer.hidden();
        this.kernels = kernels;
        this.curves = new CellCurves(kernels, layer.functions());
        this.panels = new Panels(units, lanes, width + hidden, SCALES);
        this.isWhole = panels.count() > 1 && units % lanes == 0;
        this.weightIh = network.parameters().offset(network.nameOf(index) + ".weight_ih_l0");
        this.stateAt = network.stateOffset(index);
        this.stateSize = network.stateSize();
        this.x = new Rows(width);
        this.h = new Rows(hidden);
        this.c = new Rows(units);
        this.nextC = new Rows(units);
        this.nextH = new Rows(hidden);
        this.inputs = new JoinedRows(width + hidden, maxRows);
        this.gathered = new Rows(units);
        gathered.at(new float[Math.min(LayerPass.BLOCK, maxRows) * units], 0, units);
        this.maskedX = new MaskedRows(layer.dropout().inputs(), width, maxRows);
        this.maskedH = new MaskedRows(layer.dropout().hidden(), hidden, maxRows);
        this.projection =
                layer.projection() == 0 ? null : new LstmProjection(layer, kernels, maxRows);
        this.shown = projection == null ? nextH : projection.shown;
        this.gates = new Fractions(Math.max(maxRows, panels.count()) * 4 * lanes);
        this.cellTanh = new Fractions(maxRows * lanes);
        this.cells = new CellRows(lanes);
        this.padded = CellRows.scratch(lanes, maxRows);
        this.kept = new KeptCells(units);
        this.learning = kernels.learning();
        this.scratch = new Rows(lanes);
        this.columns = new Rows(lanes);
    }

    @Override
    public void load(float[] weights) {
        int units = panels.units;
        int weightHh = weightIh + 4 * units * x.width;
        int bias = weightHh + 4 * units * hidden;
        panels.pack(weights, bias, 1, 0);
        panels.pack(weights, weightIh, x.width, 1);
        panels.pack(weights, weightHh, hidden, 1 + x.width);
        if (projection != null) {
            projection.load(weights, bias + 4 * units);
        }
    }

    @Override
    public Rows step(int rows, Rows in, Rows states, float[] nextState) {
        for (int row = 0; row < rows; row += LayerPass.BLOCK) {
            x.at(in, 0, row);
            h.at(states, stateAt, row);
            c.at(states, stateAt + hidden, row);
            nextH.at(nextState, stateAt + row * stateSize, stateSize);
            nextC.at(nextState, stateAt + hidden + row * stateSize, stateSize);
            int some = Math.min(LayerPass.BLOCK, rows - row);
            if (c.scattered()) {
                Rows.copy(some, panels.units, c, gathered);
                c.at(gathered, 0);
            }
            join(some);
            if (some == 1 && isWhole && curves.areUsual()) {
                stepRow();
            } else {
                for (int i = 0; i < panels.count(); i++) {
                    step(turned ? panels.count() - 1 - i : i, some);
                }
            }
            turned = !turned;
            project(some);
        }
        nextH.at(nextState, stateAt, stateSize);
        return nextH;
    }

    private void join(int rows) {
        inputs.put(rows, 0, x);
        inputs.put(rows, x.width, h);
    }

    /**
     * All panels of one row together, its cells as if they were rows: so many overlap, while those
     * of one panel alone wait for each other's results.
     */
    private void stepRow() {
        int lanes = panels.lanes;
        cells.c.at(c.values, c.start(0), lanes);
        cells.nextC.at(nextC.values, nextC.start(0), lanes);
        cells.nextH.at(shown.values, shown.start(0), lanes);
        kernels.rowSums(panels, inputs.all, turned, gates.numerators);
        kernels.lstm(panels.count(), gates, cells);
    }

    private void project(int rows) {
        if (projection != null) {
            projection.step(rows, nextH);
        }
    }

    /** One panel's step. */
    private void step(int panel, int rows) {
        int first = panel * panels.lanes;
        int used = panels.used(panel);
        cells.c.at(c, first);
        cells.nextC.at(nextC, first);
        cells.nextH.at(shown, first);
        kernels.sums(panels, panel, rows, inputs.all, gates.numerators);
        if (used == panels.lanes) {
            step(rows, cells, false);
        } else {
            Rows.copy(rows, used, cells.c, padded.c);
            step(rows, padded, false);
            Rows.copy(rows, used, padded.nextC, cells.nextC);
            Rows.copy(rows, used, padded.nextH, cells.nextH);
        }
    }

    /**
     * Cells of one panel.
     *
     * @param keeps whether what is between sums and cells is wanted afterwards
     */
    private void step(int rows, CellRows cells, boolean keeps) {
        if (!keeps && curves.areUsual()) {
            kernels.lstm(rows, gates, cells);
            return;
        }
        curves.ofLstm(gates, rows, panels.lanes);
        kernels.cells(rows, gates, cells, cellTanh.numerators);
        curves.ofValues(cellTanh, rows * panels.lanes);
        kernels.outputs(rows, gates, cellTanh, cells);
    }

    @Override
    public void unroll(Activations kept, int index, float[] state, float[] nextState) {
        int rows = kept.rows();
        int units = panels.units;
        LstmActivations layer = (LstmActivations) kept.layer(index);
        before(0, layer, rows);
        nextH.at(state, stateAt, stateSize);
        nextC.at(state, stateAt + hidden, stateSize);
        Rows.copy(rows, hidden, nextH, h);
        Rows.copy(rows, units, nextC, c);
        for (int t = 0; t < kept.steps(); t++) {
            LayerPass.inputAt(t, kept, index, x);
            before(t, layer, rows);
            maskedX.mask(rows, x, layer.inputMask());
            maskedH.mask(rows, h, layer.hiddenMask());
            nextH.at(layer.outputs(), t * rows * hidden, hidden);
            nextC.at(layer.cells(), t * rows * units, units);
            join(rows);
            for (int row = 0; row < rows; row += LayerPass.BLOCK) {
                stepAndKeep(t * rows + row, row, Math.min(LayerPass.BLOCK, rows - row), layer);
            }
            project(rows);
        }
        before(kept.steps(), layer, rows);
        nextH.at(nextState, stateAt, stateSize);
        nextC.at(nextState, stateAt + hidden, stateSize);
        Rows.copy(rows, hidden, h, nextH);
        Rows.copy(rows, units, c, nextC);
    }

    /** Points h and c at what they were before time step t. */
    private void before(int t, LstmActivations kept, int rows) {
        int row = Math.max((t - 1) * rows, 0);
        h.at(t == 0 ? kept.firstHidden() : kept.outputs(), row * hidden, hidden);
        c.at(t == 0 ? kept.firstCell() : kept.cells(), row * panels.units, panels.units);
    }

    /** All panels' steps of some rows from {@code row} on, which is row {@code n} of the window. */
    private void stepAndKeep(int n, int row, int rows, LstmActivations layer) {
        for (int panel = 0; panel < panels.count(); panel++) {
            int first = panel * panels.lanes;
            cells.c.at(c, first, row);
            cells.nextC.at(nextC, first, row);
            cells.nextH.at(shown, first, row);
            kept.gates.at(layer.gates(), 4 * n * panels.units + first, 4 * panels.units);
            kept.cellTanh.at(layer.cellTanh(), n * panels.units + first, panels.units);
            sums(panel, row, rows);
            int used = panels.used(panel);
            if (used == panels.lanes && curves.areUsual()) {
                learning.lstm(rows, gates, cells, kept);
            } else {
                stepAndKeep(rows, used);
            }
        }
    }

    /** As {@link Kernels#sums}, of rows from {@code row} on, by the faster kernel for many rows. */
    private void sums(int panel, int row, int rows) {
        int width = panels.width();
        int bias = panels.start(panel);
        for (int r = 0; r < rows; r++) {
            System.arraycopy(panels.values, bias, gates.numerators, r * width, width);
        }
        Rows all = inputs.all;
        ofInputs.rows(all.values, all.start(row), all.width);
        ofWeights.rows(panels.values, bias + width, width);
        toSums.rows(gates.numerators, 0, width);
        learning.addProducts(rows, panels.depth, ofInputs, ofWeights, toSums);
    }

    /** The same of a panel with padding, or with functions that the kernels do not know. */
    private void stepAndKeep(int rows, int used) {
        Rows.copy(rows, used, cells.c, padded.c);
        step(rows, padded, true);
        Rows.copy(rows, used, padded.nextC, cells.nextC);
        Rows.copy(rows, used, padded.nextH, cells.nextH);
        kernels.gates(rows, panels.lanes, gates);
        kernels.quotients(cellTanh, rows * panels.lanes);
        for (int gate = 0; gate < 4; gate++) {
            scratch.at(gates.numerators, gate * panels.lanes, 4 * panels.lanes);
            columns.at(kept.gates, gate * panels.units);
            Rows.copy(rows, used, scratch, columns);
        }
        scratch.at(cellTanh.numerators, 0, panels.lanes);
        Rows.copy(rows, used, scratch, kept.cellTanh);
    }
}
