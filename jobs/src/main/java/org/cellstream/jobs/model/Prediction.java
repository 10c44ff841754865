package org.cellstream.jobs.model;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.cellstream.jobs.replay.CsvFile;
import org.cellstream.jobs.replay.WrongInputException;
import org.cellstream.model.ModelFile;
import org.cellstream.model.ModelFormatException;
import org.cellstream.model.WholeFile;
import org.cellstream.nn.Layer;
import org.cellstream.nn.Network;

/**
 * Runs a model file over the rows of a CSV file, one row a time step, each key with its own state:
 * the way to try a model before anything is deployed.
 */
@Internal
public final class Prediction {

    private final ModelFile model;
    private final PredictionSettings settings;
    private final ModelInputs inputs;
    private final PrintWriter err;
    private long written;
    private long skipped;

    /**
     * @param err where rows that are left out are told
     * @throws ModelFormatException if the file's metadata is wrong
     */
    public Prediction(Path file, ModelFile model, PredictionSettings settings, PrintWriter err)
            throws ModelFormatException {
        this.model = model;
        this.settings = settings;
        this.err = err;
        this.inputs = settings.raw() ? ModelMetadata.raw(model) : ModelMetadata.inputs(file, model);
    }

    /**
     * Writes a row for each row of the input, in its order; replaces a file, but only by a whole
     * one.
     *
     * @return rows written
     * @throws WrongInputException if a row cannot be read, with its line
     */
    public long run() throws IOException {
        CsvFile csv = CsvFile.open(settings.csv());
        InputRows rows = new InputRows(csv, settings, inputs);
        List<String> header = header();
        WholeFile.write(settings.out(), part -> write(part, header, csv, rows));
        if (skipped > 0) {
            err.println(skipped + " rows skipped");
            err.flush();
        }
        return written;
    }

    private void write(Path part, List<String> header, CsvFile csv, InputRows rows)
            throws IOException {
        try (CsvWriter out = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(part)) {
            out.writeRecord(header);
            PredictedRows predicted = predicted(out);
            csv.forEachLine((line, cells) -> take(rows, line, cells, predicted));
            predicted.end();
        }
    }

    private PredictedRows predicted(CsvWriter out) {
        PredictedRows.Sink sink =
                new PredictedRows.Sink() {
                    @Override
                    public void write(String key, float[] y, int at) {
                        out.writeRecord(cells(key, y, at));
                        written++;
                    }

                    @Override
                    public void skip(long line, int rows, String why) throws WrongInputException {
                        Prediction.this.skip(line, rows, why);
                        inputs.takeBack();
                    }
                };
        Network network = model.network();
        return network.layers().stream().anyMatch(Layer::readsWholeWindows)
                ? new SequenceRows(model.weights(), sink)
                : new SteppedRows(model.weights(), sink);
    }

    private void take(InputRows rows, long line, List<String> cells, PredictedRows predicted)
            throws IOException {
        if (Thread.interrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        InputRows.Row row;
        try {
            row = rows.row(line, cells);
        } catch (WrongInputException e) {
            skip(line, 1, String.valueOf(e.getMessage()));
            row = rows.resetOf(line, cells);
        }
        predicted.take(row);
    }

    private void skip(long line, int rows, String why) throws WrongInputException {
        String text = "%s line %d: %s".formatted(settings.csv(), line, why);
        if (!settings.skipBad()) {
            throw new WrongInputException(text + "; --skip-bad leaves such rows out");
        }
        skipped += rows;
        err.println("skipped " + text);
    }

    private List<String> header() throws WrongInputException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < model.network().outputs(); i++) {
            names.add("y" + i);
        }
        String key = settings.key();
        if (key != null) {
            if (names.contains(key)) {
                throw new WrongInputException(
                        "--key is %s, which is what an output is called; need another name"
                                .formatted(key));
            }
            names.add(0, key);
        }
        return names;
    }

    private List<String> cells(String key, float[] y, int at) {
        List<String> cells = new ArrayList<>();
        if (settings.key() != null) {
            cells.add(key);
        }
        for (int i = at; i < at + model.network().outputs(); i++) {
            // Digits that read back to the same float.
            cells.add(Float.toString(y[i]));
        }
        return cells;
    }
}
