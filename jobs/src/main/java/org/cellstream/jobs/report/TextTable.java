package org.cellstream.jobs.report;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * Rows of cells, printed with the first column to the left and the others to the right.
 *
 * @param header names of the columns
 * @param rows as many cells each
 */
@Internal
public record TextTable(List<String> header, List<List<String>> rows) {

    public TextTable {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
        for (List<String> row : rows) {
            if (row.size() != header.size()) {
                throw new IllegalArgumentException(
                        "row " + row + " has " + row.size() + " cells; need " + header.size());
            }
        }
    }

    @Override
    public String toString() {
        List<List<String>> all = new ArrayList<>(List.of(header));
        all.addAll(rows);
        StringBuilder text = new StringBuilder();
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int c = column;
                int width = all.stream().mapToInt(cells -> cells.get(c).length()).max().orElse(0);
                String form = column == 0 ? "%-" + width + "s" : "  %" + width + "s";
                line.append(form.formatted(row.get(column)));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
