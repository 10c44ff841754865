package org.cellstream.jobs.replay;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * A text file of rows of cells: commas between cells, quotes around cells that hold commas, line
 * breaks or quotes, UTF-8, plain or gzip (told by its first bytes, not by its name), and a first
 * row that names the columns. Blank lines are passed over. A row may have more or fewer cells than
 * the header; what that means is the reader's business.
 */
@Internal
public final class CsvFile {

    private static final int LOOK = 8192;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path file;
    private final List<String> header;
    private final @Nullable WideColumns wide;

    private CsvFile(Path file, List<String> header, @Nullable WideColumns wide) {
        this.file = file;
        this.header = header;
        this.wide = wide;
    }

    /** Takes one row; its cells are valid for as long as anybody holds them. */
    @FunctionalInterface
    public interface RowVisitor {
        void visit(List<String> cells) throws IOException;
    }

    /** Takes one row with the number of its first line in the file, from 1. */
    @FunctionalInterface
    public interface LineVisitor {
        void visit(long line, List<String> cells) throws IOException;
    }

    /**
     * Reads the header.
     *
     * @throws WrongInputException if there is no such file, or it is a folder, empty, not text, or
     *     names a column twice
     */
    public static CsvFile open(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new WrongInputException("there is no file " + file);
        }
        if (Files.isDirectory(file)) {
            throw new WrongInputException(file + " is a folder; need a CSV file, plain or gzip");
        }
        if (!Files.isRegularFile(file)) {
            throw new WrongInputException(
                    file
                            + " is no plain file; need a CSV file, plain or gzip, which is read twice");
        }
        if (!Files.isReadable(file)) {
            throw new WrongInputException(
                    file + " cannot be read; its permissions do not allow it");
        }
        return new CsvFile(file, header(file), null);
    }

    /**
     * The same file with columns as keys, see {@link WideColumns}.
     *
     * @param names of the columns; none leaves the file as it is
     * @throws WrongInputException if they are not what they have to be
     */
    public CsvFile wide(List<String> names) throws WrongInputException {
        if (names.isEmpty()) {
            return this;
        }
        WideColumns columns = WideColumns.of(file, header, names);
        return new CsvFile(file, columns.header(header), columns);
    }

    private static List<String> header(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                CsvReader<CsvRecord> reader = reader(file, raw)) {
            Iterator<CsvRecord> records = reader.iterator();
            if (!records.hasNext()) {
                throw new WrongInputException(
                        file + " is empty; need a header row that names the columns");
            }
            List<String> names = records.next().getFields().stream().map(CsvFile::name).toList();
            for (int i = 0; i < names.size(); i++) {
                if (names.indexOf(names.get(i)) < i) {
                    throw new WrongInputException(
                            "%s names column \"%s\" twice; need different names"
                                    .formatted(file, names.get(i)));
                }
            }
            return names;
        } catch (UncheckedIOException | CsvParseException | IOException e) {
            throw explained(file, e);
        }
    }

    private static String name(String cell) {
        return (cell.isEmpty() || cell.charAt(0) != BYTE_ORDER_MARK ? cell : cell.substring(1))
                .strip();
    }

    private static CsvReader<CsvRecord> reader(Path file, InputStream raw) throws IOException {
        BufferedInputStream text = PlainOrGzip.of(raw);
        refuseBinary(file, text);
        // A decoder made this way reports broken text instead of replacing it.
        Reader reader = new InputStreamReader(text, StandardCharsets.UTF_8.newDecoder());
        return CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .ofCsvRecord(reader);
    }

    private static void refuseBinary(Path file, BufferedInputStream text) throws IOException {
        text.mark(LOOK);
        byte[] start = text.readNBytes(LOOK);
        text.reset();
        for (int i = 0; i < start.length; i++) {
            if (start[i] == 0) {
                throw new WrongInputException(
                        "%s is not a CSV file: byte %d is 0, so it is no text".formatted(file, i));
            }
        }
    }

    /** Failures of reading that lie in the file, as such; others as they are. */
    private static IOException explained(Path file, Exception e) {
        Throwable cause =
                e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
        if (cause instanceof CharacterCodingException) {
            return new WrongInputException(
                    file + " is not a CSV file: it holds bytes that are no UTF-8 text", e);
        }
        if (cause instanceof CsvParseException) {
            return new WrongInputException(file + " is not a CSV file: " + line(cause), e);
        }
        return cause instanceof IOException io
                ? PlainOrGzip.explained(file, io)
                : new IOException(cause);
    }

    private static String line(Throwable e) {
        String message =
                e.getCause() == null
                        ? e.getMessage()
                        : e.getMessage() + ": " + e.getCause().getMessage();
        return String.valueOf(message).replaceAll("\\s+", " ");
    }

    /** Names of the columns in their order, blanks around them taken off. */
    public List<String> header() {
        return header;
    }

    /**
     * Where a column stands.
     *
     * @throws WrongInputException if there is none of this name; it lists those there are
     */
    public int column(String name) throws WrongInputException {
        int index = header.indexOf(name);
        if (index < 0) {
            throw new WrongInputException(
                    "%s has no column \"%s\"; it has %s"
                            .formatted(file, name, String.join(", ", header)));
        }
        return index;
    }

    /**
     * Hands over all rows after the header, in the file's order.
     *
     * @throws WrongInputException if the file turns out not to be CSV on the way
     */
    public void forEachRow(RowVisitor visitor) throws IOException {
        try (InputStream raw = Files.newInputStream(file)) {
            forEachRow(raw, visitor);
        }
    }

    /** The same with the lines on which the rows stand. */
    public void forEachLine(LineVisitor visitor) throws IOException {
        try (InputStream raw = Files.newInputStream(file)) {
            forEachLine(raw, visitor);
        }
    }

    /** The same from the file's bytes, which are read to their end and closed. */
    void forEachRow(InputStream raw, RowVisitor visitor) throws IOException {
        forEachLine(raw, (line, cells) -> visitor.visit(cells));
    }

    private void forEachLine(InputStream raw, LineVisitor visitor) throws IOException {
        try (CsvReader<CsvRecord> reader = reader(file, raw)) {
            Iterator<CsvRecord> records = reader.iterator();
            records.next();
            while (hasNext(records)) {
                CsvRecord record = records.next();
                if (wide == null) {
                    visitor.visit(record.getStartingLineNumber(), record.getFields());
                    continue;
                }
                for (List<String> row : wide.rows(record.getFields())) {
                    visitor.visit(record.getStartingLineNumber(), row);
                }
            }
            raw.transferTo(OutputStream.nullOutputStream());
        }
    }

    private boolean hasNext(Iterator<CsvRecord> records) throws IOException {
        try {
            return records.hasNext();
        } catch (UncheckedIOException | CsvParseException e) {
            throw explained(file, e);
        }
    }

    Path path() {
        return file;
    }
}
