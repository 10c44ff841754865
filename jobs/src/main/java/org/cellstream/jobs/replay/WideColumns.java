package org.cellstream.jobs.replay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * Columns of a file that are read as keys: each row becomes one row for each of them, with the
 * column's name in {@link #KEY}, its cell in {@link #VALUE}, and the cells of all other columns as
 * they stand.
 */
@Internal
public final class WideColumns {

    /** The column that holds the name. */
    public static final String KEY = "key";

    /** The column that holds the cell. */
    public static final String VALUE = "value";

    private final int columns;
    private final List<String> names;
    private final List<Integer> wide;
    private final List<Integer> others;

    private WideColumns(int columns, List<String> names, List<Integer> wide, List<Integer> others) {
        this.columns = columns;
        this.names = names;
        this.wide = wide;
        this.others = others;
    }

    /**
     * @param header names of the file's columns
     * @param names those that become keys
     * @throws WrongInputException if one of them is no column or there twice, or another column has
     *     a name that is needed
     */
    static WideColumns of(Path file, List<String> header, List<String> names)
            throws WrongInputException {
        List<Integer> wide = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        for (String name : names) {
            int index = header.indexOf(name);
            if (index < 0 || wide.contains(index)) {
                throw new WrongInputException(
                        index < 0
                                ? "%s has no column \"%s\"; it has %s"
                                        .formatted(file, name, String.join(", ", header))
                                : "--wide names column \"%s\" twice; need different ones"
                                        .formatted(name));
            }
            wide.add(index);
        }
        for (int i = 0; i < header.size(); i++) {
            if (!wide.contains(i)) {
                others.add(i);
            }
        }
        for (int other : others) {
            String name = header.get(other);
            if (name.equals(KEY) || name.equals(VALUE)) {
                throw new WrongInputException(
                        "%s has a column \"%s\", which --wide makes of others; need another name"
                                .formatted(file, name));
            }
        }
        return new WideColumns(header.size(), List.copyOf(names), wide, others);
    }

    /** The columns of the rows that come out. */
    List<String> header(List<String> header) {
        List<String> made = new ArrayList<>();
        others.forEach(i -> made.add(header.get(i)));
        made.add(KEY);
        made.add(VALUE);
        return made;
    }

    /**
     * The rows that a row of the file becomes. One that has more or fewer cells than the header
     * stays one, which is no event.
     */
    List<List<String>> rows(List<String> cells) {
        if (cells.size() != columns) {
            return List.of(ragged(cells));
        }
        List<List<String>> rows = new ArrayList<>();
        for (int w = 0; w < wide.size(); w++) {
            List<String> row = new ArrayList<>();
            others.forEach(i -> row.add(cells.get(i)));
            row.add(names.get(w));
            row.add(cells.get(wide.get(w)));
            rows.add(row);
        }
        return rows;
    }

    /** With another number of cells than the rows that come out have. */
    private List<String> ragged(List<String> cells) {
        if (cells.size() != others.size() + 2) {
            return cells;
        }
        List<String> more = new ArrayList<>(cells);
        more.add("");
        return more;
    }
}
