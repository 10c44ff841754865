package org.cellstream.nn;

/**
 * The weights of a layer, packed for a kernel once per version of the weights. A panel holds
 * everything that {@code lanes} units need: a row of biases, then one row per input, each of {@code
 * vectors} times {@code lanes} floats, where vector v is gate v of those units. Units that fill no
 * vector are padded with zeros.
 *
 * <p>The layout depends on the lanes of the machine, what is computed from it does not.
 */
final class Panels {

    final int units;
    final int lanes;
    final int vectors;
    final float[] values;
    final int depth;
    private final int start;
    private final float[] scales;

    /**
     * Room for a layer.
     *
     * @param units units of the layer
     * @param lanes units that a panel holds
     * @param depth inputs of a unit, of all sources together
     * @param scales what each gate's weights are multiplied by; as many as there are gates
     */
    Panels(int units, int lanes, int depth, float... scales) {
        this.units = units;
        this.lanes = lanes;
        this.depth = depth;
        this.vectors = scales.length;
        this.scales = scales;
        AlignedFloats floats =
                new AlignedFloats(Math.multiplyExact(count() * (1 + depth), width()));
        this.values = floats.values;
        this.start = floats.start;
    }

    int count() {
        return (units + lanes - 1) / lanes;
    }

    /** Floats in a row of a panel. */
    int width() {
        return vectors * lanes;
    }

    /** Where a panel starts, with its row of biases. */
    int start(int panel) {
        return start + panel * (1 + depth) * width();
    }

    /** Units in a panel that are no padding. */
    int used(int panel) {
        return Math.min(lanes, units - panel * lanes);
    }

    /**
     * Packs a matrix {@code [vectors * units, columns]} into the rows of every panel from {@code
     * firstRow}; row 0 takes the bias, a matrix of one column.
     */
    void pack(float[] from, int offset, int columns, int firstRow) {
        for (int vector = 0; vector < vectors; vector++) {
            pack(from, offset + vector * units * columns, columns, firstRow, vector);
        }
    }

    /** Packs a matrix {@code [units, columns]} into one vector of those rows. */
    void pack(float[] from, int offset, int columns, int firstRow, int vector) {
        for (int panel = 0; panel < count(); panel++) {
            int to = start(panel) + firstRow * width() + vector * lanes;
            for (int lane = 0; lane < used(panel); lane++) {
                int row = offset + (panel * lanes + lane) * columns;
                for (int k = 0; k < columns; k++) {
                    values[to + k * width() + lane] = scales[vector] * from[row + k];
                }
            }
        }
    }
}
