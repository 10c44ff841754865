package org.cellstream.jobs.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.annotation.Internal;

/**
 * Rows of a file as events in JSON: a flat object with the file's column names. A cell that JSON
 * can write as a number becomes one, digit by digit as it stands, but not the key's, whose leading
 * zeros matter; an empty cell becomes {@code null}; all others become text. A row with more or
 * fewer cells than the header becomes an array of its cells, which is no event: the job rejects it
 * as malformed, with the cells at hand.
 */
@Internal
public final class RowJson {

    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    private final JsonFactory factory = new JsonFactory();
    private final List<String> header;
    private final int keyColumn;

    /**
     * @param keyColumn where the key stands, or -1
     */
    public RowJson(List<String> header, int keyColumn) {
        this.header = header;
        this.keyColumn = keyColumn;
    }

    /** The row as JSON. */
    public byte[] encode(List<String> cells) throws IOException {
        ByteArrayBuilder bytes = new ByteArrayBuilder();
        try (JsonGenerator json = factory.createGenerator(bytes)) {
            if (cells.size() == header.size()) {
                writeObject(json, cells);
            } else {
                writeArray(json, cells);
            }
        }
        return bytes.toByteArray();
    }

    private void writeObject(JsonGenerator json, List<String> cells) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < cells.size(); i++) {
            json.writeFieldName(header.get(i));
            String cell = cells.get(i);
            if (cell.isBlank()) {
                json.writeNull();
            } else if (i != keyColumn && NUMBER.matcher(cell).matches()) {
                json.writeNumber(cell);
            } else {
                json.writeString(cell);
            }
        }
        json.writeEndObject();
    }

    private static void writeArray(JsonGenerator json, List<String> cells) throws IOException {
        json.writeStartArray();
        for (String cell : cells) {
            json.writeString(cell);
        }
        json.writeEndArray();
    }
}
