package org.cellstream.features;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * The inputs of the network and which of them is forecast. Written as {@code
 * name=source|transform|transform}, separated by commas:
 *
 * <pre>{@code
 * Columns.parse("range=High/Low|log, ret=Close|log|diff, volume=Volume|log", "range")
 * }</pre>
 *
 * A source is a field of the event, a ratio of two, or {@code gap}; {@code Close} alone means
 * {@code Close=Close}. Transforms are {@code log}, {@code log1p}, {@code sqrt}, {@code diff},
 * {@code lag(n)}, {@code abs} and {@code clip(a,b)}. Names hold any characters but the commas,
 * {@code =} and {@code |} of the grammar, names of fields no {@code /} either; blanks around a name
 * do not count.
 *
 * <p>Two words are no fields. {@code time} is kept for event time. {@code gap} is the time in
 * seconds since the key's last accepted event, 0 at its first, as in {@code wait=gap|log1p}; it can
 * be neither the target nor part of a ratio.
 */
public final class Columns implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String text;
    private final String target;
    private final transient List<Column> columns;
    private final transient List<String> fields;

    private Columns(List<Column> columns, String target) {
        this.columns = columns;
        this.target = target;
        text = columns.stream().map(Column::toString).collect(Collectors.joining(", "));
        fields = columns.stream().flatMap(c -> c.source().fields().stream()).distinct().toList();
    }

    /**
     * Reads columns by the grammar above.
     *
     * @param target name of the column that is forecast
     * @throws IllegalArgumentException if {@code columns} breaks the grammar, or {@code target} is
     *     none of them or the gap; the message names the word, its place and what is allowed
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
        if (result.targetColumn().source().isGap()) {
            throw new IllegalArgumentException(
                    "target \"%s\" has the source gap; the source of a target is a field or a ratio A/B of two"
                            .formatted(wanted));
        }
        return result;
    }

    /** Distinct fields in order of first use: the order of an event's numbers. */
    public List<String> fields() {
        return fields;
    }

    /** Names of the columns: the order of the network's input row. */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** How many columns there are: the width of the network's input row. */
    public int width() {
        return columns.size();
    }

    /** Name of the column that is forecast. */
    public String target() {
        return target;
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
