package org.cellstream.jobs.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.cellstream.jobs.replay.CsvFile;
import org.cellstream.jobs.replay.WrongInputException;
import org.jspecify.annotations.Nullable;

/** Reads rows of a CSV file as rows of a network's input: every column but key and reset. */
final class InputRows {

    private static final int NONE = -1;
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");

    private final List<String> header;
    private final int key;
    private final int reset;
    private final int[] inputs;

    /**
     * One row.
     *
     * @param line where it stands, from 1
     * @param x one number per input; none if the row was left out but for its reset
     */
    record Row(long line, String key, boolean reset, float[] x) {}

    /**
     * @throws WrongInputException if there is no such column, both are one, or the inputs are not
     *     as many as the network takes
     */
    InputRows(CsvFile csv, @Nullable String key, @Nullable String reset, int width)
            throws WrongInputException {
        this.header = csv.header();
        this.key = key == null ? NONE : csv.column(key);
        this.reset = reset == null ? NONE : csv.column(reset);
        if (key != null && key.equals(reset)) {
            throw new WrongInputException(
                    "--key and --reset are both %s; need two columns".formatted(key));
        }
        List<Integer> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int c = 0; c < header.size(); c++) {
            if (c != this.key && c != this.reset) {
                columns.add(c);
                names.add(header.get(c));
            }
        }
        if (columns.size() != width) {
            throw new WrongInputException(
                    "the file has %d input columns (%s); the network takes %d"
                            .formatted(columns.size(), String.join(", ", names), width));
        }
        inputs = columns.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * Reads a row.
     *
     * @param line where it stands
     * @throws WrongInputException if a cell is not what it has to be; the message has no line
     */
    Row row(long line, List<String> cells, Standardiser standardiser) throws WrongInputException {
        if (cells.size() != header.size()) {
            throw new WrongInputException(
                    "%d cells; the header has %d".formatted(cells.size(), header.size()));
        }
        double[] x = new double[inputs.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = number(inputs[i], cells.get(inputs[i]).strip());
        }
        return new Row(line, keyOf(cells), reset(cells), standardiser.apply(x));
    }

    /** What is left of a row that is left out: its key starts anew all the same. */
    Row resetOf(long line, List<String> cells) {
        boolean isReset = false;
        if (cells.size() == header.size()) {
            try {
                isReset = reset(cells);
            } catch (WrongInputException e) {
                // Nobody knows.
                isReset = false;
            }
        }
        return new Row(line, isReset ? keyOf(cells) : "", isReset, new float[0]);
    }

    private String keyOf(List<String> cells) {
        return key == NONE ? "" : cells.get(key);
    }

    private boolean reset(List<String> cells) throws WrongInputException {
        if (reset == NONE) {
            return false;
        }
        String cell = cells.get(reset).strip();
        if (!NUMBER.matcher(cell).matches()
                || (Double.parseDouble(cell) != 0 && Double.parseDouble(cell) != 1)) {
            throw new WrongInputException(
                    "%s is \"%s\"; need 0 or 1".formatted(header.get(reset), cell));
        }
        return Double.parseDouble(cell) == 1;
    }

    private double number(int column, String cell) throws WrongInputException {
        // Java's own parser also takes hexadecimal, "NaN" and "1f".
        double number = NUMBER.matcher(cell).matches() ? Double.parseDouble(cell) : Double.NaN;
        if (!Float.isFinite((float) number)) {
            throw new WrongInputException(
                    "%s is \"%s\"; need a number".formatted(header.get(column), cell));
        }
        return number;
    }
}
