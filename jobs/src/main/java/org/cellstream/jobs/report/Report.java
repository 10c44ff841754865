package org.cellstream.jobs.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.annotation.Internal;

/**
 * The numbers of a run as one flat JSON object, in the order in which they were put. A number that
 * is not known, NaN or infinite, becomes {@code null}, since JSON has no other word for it.
 */
@Internal
public final class Report {

    private final Map<String, Object> fields = new LinkedHashMap<>();

    public Report put(String name, long value) {
        fields.put(name, value);
        return this;
    }

    public Report put(String name, double value) {
        fields.put(name, value);
        return this;
    }

    public Report put(String name, boolean value) {
        fields.put(name, value);
        return this;
    }

    public Report put(String name, String value) {
        fields.put(name, value);
        return this;
    }

    /** The JSON text, one field a line. */
    public String toJson() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            for (Map.Entry<String, Object> field : fields.entrySet()) {
                json.writeFieldName(field.getKey());
                write(json, field.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a report in memory cannot fail", e);
        }
        return text + "\n";
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Double number && Double.isFinite(number)) {
            json.writeNumber(number);
        } else if (value instanceof Double) {
            json.writeNull();
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else {
            json.writeString(value.toString());
        }
    }

    /** The fields for people, one a line. */
    public String toText() {
        int width = fields.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder();
        fields.forEach(
                (name, value) ->
                        text.append(name)
                                .append(" ".repeat(width + 2 - name.length()))
                                .append(value)
                                .append('\n'));
        return text.toString();
    }

    /** Writes the JSON text, replacing the file. */
    public void write(Path file) throws IOException {
        Files.writeString(file, toJson());
    }
}
