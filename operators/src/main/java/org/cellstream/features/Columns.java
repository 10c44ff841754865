package org.cellstream.features;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * What the network sees of an event and which column of it is forecast. Written as {@code
 * name=source|transform|transform}, separated by commas:
 *
 * <pre>{@code
 * Columns.parse("range=High/Low|log, ret=Close|log|diff, volume=Volume|log", "range")
 * }</pre>
 *
 * A source is a field of the event, a ratio of two, {@code time}, {@code key} or {@code gap};
 * {@code Close} alone means {@code Close=Close}. Transforms are {@code log}, {@code log1p}, {@code
 * sqrt}, {@code diff}, {@code lag(n)}, {@code abs}, {@code clip(a,b)}, {@code hour}, {@code
 * dayOfWeek}, {@code month}, {@code cyclic(period)}, {@code category(n)} and {@code missing}, with
 * which events may come without the number. Names hold any characters but the commas, {@code =} and
 * {@code |} of the grammar, names of fields no {@code /} either; blanks around a name do not count.
 *
 * <p>Three words are no fields, and can be neither the target nor part of a ratio. {@code time} is
 * the event's time in seconds since 1970, as in {@code time|hour|cyclic}. {@code gap} is the time
 * in seconds since the key's last accepted event, 0 at its first, as in {@code wait=gap|log1p}.
 * {@code key} is the event's key, of which there are categories only: {@code id=key|category(500)}.
 */
public final class Columns implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String text;
    private final String target;
    private final transient List<Column> columns;
    private final transient List<String> fields;
    private final transient List<NetworkInput> inputs;

    private Columns(List<Column> columns, String target) {
        this.columns = columns;
        this.target = target;
        text = columns.stream().map(Column::toString).collect(Collectors.joining(", "));
        fields = columns.stream().flatMap(c -> c.source().fields().stream()).distinct().toList();
        inputs =
                inOrderOfInputs(columns).stream()
                        .flatMap(c -> Collections.nCopies(c.form().width(), input(c)).stream())
                        .toList();
    }

    /**
     * Categories come last: an embedding without {@code column=} reads the last column of its row.
     */
    private static List<Column> inOrderOfInputs(List<Column> columns) {
        List<Column> ordered = new ArrayList<>(columns);
        ordered.sort(Comparator.comparing(c -> c.form() == InputForm.INDEX));
        return ordered;
    }

    private static NetworkInput input(Column column) {
        return new NetworkInput(column.name(), column.categories());
    }

    /**
     * Reads columns by the grammar above.
     *
     * @param target name of the column that is forecast
     * @throws IllegalArgumentException if {@code columns} breaks the grammar, or {@code target} is
     *     none of them or no field; the message names the word, its place and what is allowed
     */
    public static Columns parse(String columns, String target) {
        List<Column> parsed = ColumnParser.parse(columns);
        String wanted = target.strip();
        if (parsed.stream().noneMatch(c -> c.name().equals(wanted))) {
            throw new IllegalArgumentException(
                    "target \"%s\" is no column; the columns are %s"
                            .formatted(
                                    wanted,
                                    parsed.stream()
                                            .map(Column::name)
                                            .collect(Collectors.joining(", "))));
        }
        Columns result = new Columns(parsed, wanted);
        result.checkTarget();
        return result;
    }

    /**
     * Reads columns of which none is forecast here: for rows that are to be put into a network.
     *
     * @throws IllegalArgumentException if {@code columns} breaks the grammar, or none of them could
     *     be a target
     */
    public static Columns parse(String columns) {
        List<Column> parsed = ColumnParser.parse(columns);
        return parsed.stream()
                .filter(c -> c.source().isOfFields() && c.form() != InputForm.ANGLE)
                .filter(c -> !c.mayBeMissing())
                .findFirst()
                .map(c -> new Columns(parsed, c.name()))
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "columns \"%s\" read no field of a row, but as an angle or one that may be missing"
                                                .formatted(columns)));
    }

    /** Whether a column reads the event's time, or the time since the key's last event. */
    public boolean readsTime() {
        return columns.stream().anyMatch(c -> c.source().isTime() || c.source().isGap());
    }

    private void checkTarget() {
        Source source = targetColumn().source();
        if (!source.isOfFields()) {
            throw new IllegalArgumentException(
                    "target \"%s\" has the source %s; the source of a target is a field or a ratio A/B of two"
                            .formatted(target, source));
        }
        if (targetColumn().mayBeMissing()) {
            throw new IllegalArgumentException(
                    "target \"%s\" may be missing; what becomes of events without a target the option missing-target says"
                            .formatted(target));
        }
        if (targetColumn().form() == InputForm.ANGLE) {
            throw new IllegalArgumentException(
                    "target \"%s\" is cyclic, which makes two numbers of one; a target has any other transforms"
                            .formatted(target));
        }
    }

    /** Distinct fields in order of first use: the order of an event's numbers. */
    public List<String> fields() {
        return fields;
    }

    /** Those of the fields that an event may come without, since no column needs them. */
    public List<String> fieldsThatMayBeMissing() {
        return fields.stream()
                .filter(
                        field ->
                                columns.stream()
                                        .filter(c -> c.source().fields().contains(field))
                                        .allMatch(Column::mayBeMissing))
                .toList();
    }

    /** Names of the columns, as they are written. */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** The network's input row: the columns in their order, those with categories last. */
    public List<NetworkInput> inputs() {
        return inputs;
    }

    /** Of each number of {@link #inputs} the name of the column that it comes from. */
    public List<String> inputNames() {
        return inputs.stream().map(NetworkInput::name).toList();
    }

    /** Width of the network's input row. */
    public int width() {
        return inputs.size();
    }

    /** Where each column's numbers start in the network's input row. */
    int[] inputStarts() {
        int[] starts = new int[columns.size()];
        int at = 0;
        for (Column column : inOrderOfInputs(columns)) {
            starts[columns.indexOf(column)] = at;
            at += column.form().width();
        }
        return starts;
    }

    /** Name of the column that is forecast. */
    public String target() {
        return target;
    }

    /**
     * Checks that a forecast can take the place of the target's field.
     *
     * @throws IllegalArgumentException if it cannot; the message says why
     */
    public void checkFeedback() {
        Column column = targetColumn();
        if (column.source().divisor() != null) {
            throw noFeedback("is the ratio " + column.source() + "; need one field as its source");
        }
        checkUndoable();
    }

    /**
     * Checks that the target's transforms can be undone.
     *
     * @throws IllegalArgumentException if one cannot; the message names it
     */
    public void checkUndoable() {
        for (Transform transform : targetColumn().transforms()) {
            if (!transform.undoable()) {
                throw noFeedback(
                        "has the transform " + transform + "; need transforms that can be undone");
            }
        }
    }

    private IllegalArgumentException noFeedback(String why) {
        return new IllegalArgumentException(
                "forecasts of %s cannot be fed back: it %s".formatted(target, why));
    }

    /** The field that the column that is forecast starts from; of a ratio the upper one. */
    public String targetField() {
        return targetColumn().source().field();
    }

    /** Whether a column reads the event's key. */
    public boolean readsKey() {
        return columns.stream().anyMatch(c -> c.source().isKey());
    }

    /** How many classes the column that is forecast has by its category; 0 if it has none. */
    public int targetCategories() {
        return targetColumn().categories();
    }

    /** Index of the column that is forecast. */
    public int targetIndex() {
        return names().indexOf(target);
    }

    /**
     * A hash of columns and target that is the same in every JVM. Kept beside what a key remembers,
     * it tells whether that fits; how the text was spaced does not change it.
     */
    public int fingerprint() {
        CRC32C checksum = new CRC32C();
        checksum.update((text + "\n" + target).getBytes(StandardCharsets.UTF_8));
        return (int) checksum.getValue();
    }

    Column targetColumn() {
        return columns.get(targetIndex());
    }

    List<Column> columns() {
        return columns;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Columns c && text.equals(c.text) && target.equals(c.target);
    }

    @Override
    public int hashCode() {
        return fingerprint();
    }

    /** The text that {@link #parse} reads; the target is not in it. */
    @Override
    public String toString() {
        return text;
    }

    /** Only the texts travel; what they mean is read from them again. */
    private Object readResolve() {
        return parse(text, target);
    }
}
