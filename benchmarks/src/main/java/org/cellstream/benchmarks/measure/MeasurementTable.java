package org.cellstream.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Measurements for a terminal: a row a cell, a column a system, and how far ours is ahead. */
public final class MeasurementTable {

    private static final String GAP = "  ";
    private static final String NONE = "-";

    private MeasurementTable() {}

    /**
     * The table, with a line for each cell.
     *
     * @param ours the system that the last columns compare with each other one
     */
    public static String text(Measurements measurements, String ours) {
        List<List<String>> rows = new ArrayList<>();
        List<String> others =
                measurements.systems().stream().filter(system -> !system.equals(ours)).toList();
        List<String> header = new ArrayList<>(List.of(Names.words(measurements.unit())));
        header.addAll(measurements.systems());
        others.forEach(other -> header.add("/" + other));
        rows.add(header);
        for (String cell : measurements.cells()) {
            List<String> row = new ArrayList<>(List.of(Names.words(cell)));
            for (String system : measurements.systems()) {
                row.add(number(measurements.spread(cell, system)));
            }
            for (String other : others) {
                row.add(times(measurements.ratio(cell, ours, other)));
            }
            rows.add(row);
        }
        return aligned(rows);
    }

    private static String number(Optional<Spread> spread) {
        return spread.map(MeasurementTable::number).orElse(NONE);
    }

    /** The median, and what half of the rounds lie within on either side of it. */
    private static String number(Spread spread) {
        String median = String.format(Locale.ROOT, "%.4g", spread.median());
        return spread.known()
                ? median + String.format(Locale.ROOT, " ±%.0f%%", spread.percent() / 2)
                : median;
    }

    private static String times(Optional<Spread> ratio) {
        return ratio.map(r -> String.format(Locale.ROOT, "%.2f", r.median())).orElse(NONE);
    }

    private static String aligned(List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        for (List<String> row : rows) {
            for (int c = 0; c < columns; c++) {
                String space = " ".repeat(widths[c] - row.get(c).length());
                text.append(c == 0 ? row.get(c) + space : GAP + space + row.get(c));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
