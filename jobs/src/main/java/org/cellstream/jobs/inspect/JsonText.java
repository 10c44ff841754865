package org.cellstream.jobs.inspect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.cellstream.savepoint.SavedLayer;
import org.cellstream.savepoint.SavedMemory;
import org.cellstream.savepoint.SavedShape;

/**
 * An object for each key, with the norms of each layer's h and c and, where wanted, their values. A
 * memory that was made for another network than the others says so in {@code madeFor}.
 */
final class JsonText implements MemoryText {

    private static final long serialVersionUID = 1L;
    private static final JsonFactory FACTORY = new JsonFactory();

    private final SavedShape shape;
    private final boolean values;

    /**
     * @param shape what the memories were made for
     * @param values whether the values of h and c are written too
     */
    JsonText(SavedShape shape, boolean values) {
        this.shape = shape;
        this.values = values;
    }

    @Override
    public String of(String key, SavedMemory memory) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("key", key);
            writeTime(json, memory.lastTime());
            json.writeNumberField("step", memory.step());
            json.writeNumberField("stepsSinceReset", memory.stepsSinceReset());
            json.writeNumberField("weightsGeneration", memory.weightsGeneration());
            json.writeNumberField("weightsNumber", memory.weightsNumber());
            String other = memory.madeForOther(shape);
            if (!other.isEmpty()) {
                json.writeStringField("madeFor", other);
            }
            json.writeArrayFieldStart("layers");
            for (SavedLayer layer : memory.layers()) {
                writeLayer(json, layer);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail", e);
        }
        return text.toString();
    }

    private static void writeTime(JsonGenerator json, long time) throws IOException {
        if (time == Long.MIN_VALUE) {
            json.writeNullField("time");
            json.writeNullField("timeMillis");
        } else {
            json.writeStringField("time", Instant.ofEpochMilli(time).toString());
            json.writeNumberField("timeMillis", time);
        }
    }

    private void writeLayer(JsonGenerator json, SavedLayer layer) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", layer.name());
        json.writeNumberField("hNorm", layer.hNorm());
        if (layer.c().length > 0) {
            json.writeNumberField("cNorm", layer.cNorm());
        }
        if (values) {
            writeValues(json, "h", layer.h());
            if (layer.c().length > 0) {
                writeValues(json, "c", layer.c());
            }
        }
        json.writeEndObject();
    }

    private static void writeValues(JsonGenerator json, String name, float[] values)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (float value : values) {
            json.writeNumber(value);
        }
        json.writeEndArray();
    }
}
