package org.cellstream.jobs.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.cellstream.jobs.kafka.EventTimes;
import org.cellstream.jobs.replay.CsvFile;
import org.cellstream.jobs.replay.WrongInputException;
import org.cellstream.model.Printable;
import org.jspecify.annotations.Nullable;

/** Reads rows of a CSV file as rows of a network's input. */
final class InputRows {

    private static final int NONE = -1;
    private static final int MOST_SHOWN = 80;
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");

    private final List<String> header;
    private final int key;
    private final int reset;
    private final int time;
    private final int[] inputs;
    private final ModelInputs model;

    /**
     * One row.
     *
     * @param line where it stands, from 1
     * @param x one number per input; none if the row was left out but for its reset
     */
    record Row(long line, String key, boolean reset, float[] x) {}

    /**
     * @throws WrongInputException if there is no such column, two of them are one, or the inputs
     *     are not those that the model takes
     */
    InputRows(CsvFile csv, PredictionSettings settings, ModelInputs model)
            throws WrongInputException {
        this.header = csv.header();
        this.model = model;
        if (model.readsTime() && settings.time() == null) {
            throw new WrongInputException(
                    "the model's columns read the time of a row; need --time COLUMN");
        }
        List<String> others = new ArrayList<>(header);
        key = column(csv, "--key", settings.key(), others);
        reset = column(csv, "--reset", settings.reset(), others);
        time = column(csv, "--time", settings.time(), others);
        inputs = model.fields(others).stream().mapToInt(header::indexOf).toArray();
    }

    /** Takes a column away from the inputs. */
    private static int column(
            CsvFile csv, String option, @Nullable String name, List<String> others)
            throws WrongInputException {
        if (name == null) {
            return NONE;
        }
        int column = csv.column(name);
        if (!others.remove(name)) {
            throw new WrongInputException(
                    "%s %s is another option's column, too; need another column"
                            .formatted(option, name));
        }
        return column;
    }

    /**
     * Reads a row.
     *
     * @param line where it stands
     * @throws WrongInputException if a cell is not what it has to be; the message has no line
     */
    Row row(long line, List<String> cells) throws WrongInputException {
        if (cells.size() != header.size()) {
            throw new WrongInputException(
                    "%d cells; the header has %d".formatted(cells.size(), header.size()));
        }
        double[] x = new double[inputs.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = number(inputs[i], cells.get(inputs[i]).strip());
        }
        boolean isReset = reset(cells);
        return new Row(line, keyOf(cells), isReset, model.row(keyOf(cells), time(cells), x));
    }

    private long time(List<String> cells) throws WrongInputException {
        if (time == NONE) {
            return 0;
        }
        return EventTimes.parse(cells.get(time))
                .orElseThrow(
                        () ->
                                new WrongInputException(
                                        "%s is \"%s\"; %s"
                                                .formatted(
                                                        header.get(time),
                                                        cells.get(time),
                                                        EventTimes.ALLOWED)));
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
        boolean nothing = cell.isEmpty() || cell.equalsIgnoreCase("nan");
        if (nothing && model.mayBeEmpty().contains(header.get(column))) {
            return Double.NaN;
        }
        // Java's own parser also takes hexadecimal, "NaN" and "1f".
        double number = NUMBER.matcher(cell).matches() ? Double.parseDouble(cell) : Double.NaN;
        if (!Float.isFinite((float) number)) {
            throw new WrongInputException(
                    "%s is \"%s\"; need a number"
                            .formatted(header.get(column), Printable.of(cell, MOST_SHOWN)));
        }
        return number;
    }
}
