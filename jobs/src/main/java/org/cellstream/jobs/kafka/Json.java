package org.cellstream.jobs.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** The one set of Jackson's switches, and what all encoders share. */
final class Json {

    /** Field names come from outside, so they are not interned. */
    static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .build();

    private static final int USUAL_SIZE = 256;

    private Json() {}

    /** Writes fields into an open object. */
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    static byte[] object(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array took no JSON", e);
        }
        return bytes.toByteArray();
    }

    /** JSON has neither NaN nor infinity: they become null. */
    static void number(JsonGenerator json, double number) throws IOException {
        if (Double.isFinite(number)) {
            json.writeNumber(number);
        } else {
            json.writeNull();
        }
    }

    static void numbers(JsonGenerator json, double[] numbers) throws IOException {
        json.writeStartArray();
        for (double number : numbers) {
            number(json, number);
        }
        json.writeEndArray();
    }

    /** States of layers, in the order of their names: two writers write the same bytes. */
    static void state(JsonGenerator json, Map<String, float[]> layers) throws IOException {
        json.writeObjectFieldStart("state");
        for (Map.Entry<String, float[]> layer : new TreeMap<>(layers).entrySet()) {
            json.writeArrayFieldStart(layer.getKey());
            for (float number : layer.getValue()) {
                json.writeNumber(number);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }
}
