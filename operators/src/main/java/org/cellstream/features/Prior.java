package org.cellstream.features;

import org.jspecify.annotations.Nullable;

/**
 * From what the statistics of a key never seen start: what is usual among the keys that were. It
 * travels as numbers: the fingerprint of what it is for, then the scale of the target's changes and
 * the events that it is worth, then location, events, scale and events of each column.
 */
final class Prior {

    private static final int HEADER = 3;
    private static final int COLUMN = 4;

    private final double[] values;
    private final int most;

    private Prior(double[] values, int most) {
        this.values = values;
        this.most = most;
    }

    /**
     * Reads what travelled.
     *
     * @param values read only from now on; null for none
     * @param most events that it may be worth
     * @return null if there is none, or if it is for other columns or another scaling
     */
    static @Nullable Prior of(double @Nullable [] values, int fingerprint, int columns, int most) {
        if (values == null || most == 0) {
            return null;
        }
        boolean fits = values.length == size(columns) && values[0] == fingerprint;
        return fits ? new Prior(values, most) : null;
    }

    private static int size(int columns) {
        return HEADER + COLUMN * columns;
    }

    /**
     * The numbers to travel.
     *
     * @param changes of the target, of which only the scale counts
     */
    static double[] values(int fingerprint, Usual changes, Usual[] columns) {
        double[] values = new double[size(columns.length)];
        values[0] = fingerprint;
        values[1] = changes.scale();
        values[2] = changes.scaleEvents();
        for (int c = 0; c < columns.length; c++) {
            int at = HEADER + COLUMN * c;
            values[at] = columns[c].location();
            values[at + 1] = columns[c].locationEvents();
            values[at + 2] = columns[c].scale();
            values[at + 3] = columns[c].scaleEvents();
        }
        return values;
    }

    /** What is usual of the target's changes. */
    Usual changes() {
        return new Usual(0, 0, values[1], (int) values[2]).atMost(most);
    }

    /** What is usual of a column. */
    Usual column(int c) {
        int at = HEADER + COLUMN * c;
        return new Usual(values[at], (int) values[at + 1], values[at + 2], (int) values[at + 3])
                .atMost(most);
    }
}
