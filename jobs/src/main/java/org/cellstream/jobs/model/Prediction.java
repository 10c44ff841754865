package org.cellstream.jobs.model;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.cellstream.jobs.replay.CsvFile;
import org.cellstream.jobs.replay.WrongInputException;
import org.cellstream.model.KeyedRunner;
import org.cellstream.model.ModelFile;
import org.cellstream.model.ModelFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a model file over the rows of a CSV file, one row a time step, each key with its own state:
 * the way to try a model before anything is deployed.
 */
@Internal
public final class Prediction {

    private final ModelFile model;
    private final PredictionSettings settings;
    private final KeyedRunner runner;
    private final Standardiser standardiser;
    private long skipped;

    /**
     * @throws ModelFormatException if the file's metadata is wrong, or its network cannot be
     *     stepped
     */
    public Prediction(Path file, ModelFile model, PredictionSettings settings)
            throws ModelFormatException {
        try {
            model.network().checkSteps();
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(file, "network", String.valueOf(e.getMessage()), e);
        }
        this.model = model;
        this.settings = settings;
        this.runner = new KeyedRunner(model.weights());
        this.standardiser =
                settings.raw()
                        ? Standardiser.none()
                        : Standardiser.of(file, model.metadata(), model.network().inputs());
    }

    /**
     * Writes a row for each row of the input, in its order; replaces a file, but only by a whole
     * one.
     *
     * @param err where skipped rows are told
     * @return rows written
     * @throws WrongInputException if a row cannot be read, with its line
     */
    public long run(PrintWriter err) throws IOException {
        CsvFile csv = CsvFile.open(settings.csv());
        InputRows rows =
                new InputRows(csv, settings.key(), settings.reset(), model.network().inputs());
        Path part = settings.out().resolveSibling(settings.out().getFileName() + ".part");
        long[] written = {0};
        try {
            try (CsvWriter out = CsvWriter.builder().build(part)) {
                out.writeRecord(header());
                csv.forEachLine(
                        (line, cells) -> {
                            InputRows.Row row = read(rows, line, cells, err);
                            if (row != null) {
                                out.writeRecord(step(row));
                                written[0]++;
                            }
                        });
            }
            Files.move(part, settings.out(), StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
        if (skipped > 0) {
            err.println(skipped + " rows skipped");
            err.flush();
        }
        return written[0];
    }

    private InputRows.@Nullable Row read(
            InputRows rows, long line, List<String> cells, PrintWriter err) throws IOException {
        if (Thread.interrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        try {
            return rows.row(cells);
        } catch (WrongInputException e) {
            String text = "%s line %d: %s".formatted(settings.csv(), line, e.getMessage());
            if (!settings.skipBad()) {
                throw new WrongInputException(text + "; --skip-bad leaves such rows out", e);
            }
            skipped++;
            err.println("skipped " + text);
            return null;
        }
    }

    private List<String> header() {
        List<String> names = new ArrayList<>();
        if (settings.key() != null) {
            names.add(settings.key());
        }
        for (int i = 0; i < model.network().outputs(); i++) {
            names.add("y" + i);
        }
        return names;
    }

    private List<String> step(InputRows.Row row) {
        if (row.reset()) {
            runner.reset(row.key());
        }
        float[] y = runner.step(row.key(), standardiser.apply(row.x()));
        List<String> cells = new ArrayList<>();
        if (settings.key() != null) {
            cells.add(row.key());
        }
        for (float value : y) {
            // The shortest text that reads back to the same bits.
            cells.add(Float.toString(value));
        }
        return cells;
    }
}
