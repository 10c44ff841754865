package org.cellstream.jobs.inspect;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cellstream.savepoint.SavedLayer;
import org.cellstream.savepoint.SavedMemory;
import org.cellstream.savepoint.SavedShape;

/**
 * A row for each key, with the norms of each layer's h and c and, where wanted, their values. A
 * memory that was made for another network than the others says so in {@code madeFor}, and fills
 * the columns of layers that it shares with them.
 */
final class CsvText implements MemoryText {

    private static final long serialVersionUID = 1L;
    private static final SavedLayer NONE = new SavedLayer("", new float[0], new float[0]);

    private final SavedShape shape;
    private final boolean values;

    /**
     * @param shape what the memories were made for
     * @param values whether the values of h and c are written too
     */
    CsvText(SavedShape shape, boolean values) {
        this.shape = shape;
        this.values = values;
    }

    /** The names of the columns. */
    String header() {
        List<String> names =
                new ArrayList<>(
                        List.of(
                                "key",
                                "time",
                                "timeMillis",
                                "step",
                                "stepsSinceReset",
                                "weightsGeneration",
                                "weightsNumber",
                                "madeFor"));
        for (SavedLayer layer : empty()) {
            names.add(layer.name() + ".hNorm");
            if (layer.c().length > 0) {
                names.add(layer.name() + ".cNorm");
            }
        }
        if (values) {
            for (SavedLayer layer : empty()) {
                addNames(names, layer.name() + ".h.", layer.h().length);
                addNames(names, layer.name() + ".c.", layer.c().length);
            }
        }
        return row(names);
    }

    private static void addNames(List<String> names, String prefix, int columns) {
        for (int i = 0; i < columns; i++) {
            names.add(prefix + i);
        }
    }

    private List<SavedLayer> empty() {
        return shape.emptyLayers();
    }

    @Override
    public String of(String key, SavedMemory memory) {
        List<String> cells = new ArrayList<>();
        cells.add(key);
        boolean seen = memory.lastTime() != Long.MIN_VALUE;
        cells.add(seen ? Instant.ofEpochMilli(memory.lastTime()).toString() : "");
        cells.add(seen ? Long.toString(memory.lastTime()) : "");
        cells.add(Long.toString(memory.step()));
        cells.add(Long.toString(memory.stepsSinceReset()));
        cells.add(Long.toString(memory.weightsGeneration()));
        cells.add(Long.toString(memory.weightsNumber()));
        cells.add(memory.madeForOther(shape));
        addLayers(cells, memory);
        return row(cells);
    }

    private void addLayers(List<String> cells, SavedMemory memory) {
        Map<String, SavedLayer> layers =
                memory.layers().stream()
                        .collect(Collectors.toMap(SavedLayer::name, Function.identity()));
        for (SavedLayer wanted : empty()) {
            SavedLayer layer = layers.get(wanted.name());
            cells.add(layer == null ? "" : Double.toString(layer.hNorm()));
            if (wanted.c().length > 0) {
                cells.add(layer == null ? "" : Double.toString(layer.cNorm()));
            }
        }
        if (values) {
            for (SavedLayer wanted : empty()) {
                SavedLayer layer = layers.getOrDefault(wanted.name(), NONE);
                addValues(cells, layer.h(), wanted.h().length);
                addValues(cells, layer.c(), wanted.c().length);
            }
        }
    }

    private static void addValues(List<String> cells, float[] values, int columns) {
        for (int i = 0; i < columns; i++) {
            cells.add(i < values.length ? Float.toString(values[i]) : "");
        }
    }

    private static String row(List<String> cells) {
        StringWriter text = new StringWriter();
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
        try (csv) {
            csv.writeRecord(cells);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail", e);
        }
        return text.toString();
    }
}
