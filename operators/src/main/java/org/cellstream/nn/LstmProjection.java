package org.cellstream.nn;

/**
 * The projection of an LSTM: its {@code o * tanh(c)}, the rows of {@link #shown}, times {@code
 * W_hr}.
 *
 * @see <a href="https://arxiv.org/abs/1402.1128">Sak et al. 2014</a>
 */
final class LstmProjection {

    /** What the cells show, {@code [rows, H]}; to be filled before every {@link #step}. */
    final Rows shown;

    private final Kernels kernels;
    private final Panels panels;
    private final Rows sums;
    private final Rows columns;

    LstmProjection(Lstm layer, Kernels kernels, int maxRows) {
        int lanes = kernels.lanes(layer.projection());
        this.kernels = kernels;
        this.panels = new Panels(layer.projection(), lanes, layer.units(), 1);
        this.shown = new Rows(layer.units());
        this.sums = new Rows(lanes);
        this.columns = new Rows(lanes);
        shown.at(new float[maxRows * layer.units()], 0, layer.units());
        sums.at(new float[maxRows * lanes], 0, lanes);
    }

    /** Packs {@code W_hr [P, H]}, which starts at {@code offset}. */
    void load(float[] weights, int offset) {
        panels.pack(weights, offset, shown.width, 1);
    }

    /** Writes the projected h. */
    void step(int rows, Rows h) {
        for (int panel = 0; panel < panels.count(); panel++) {
            kernels.sums(panels, panel, rows, shown, sums.values);
            columns.at(h, panel * panels.lanes);
            Rows.copy(rows, panels.used(panel), sums, columns);
        }
    }
}
