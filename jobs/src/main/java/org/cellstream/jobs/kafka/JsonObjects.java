package org.cellstream.jobs.kafka;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Makes JSON objects one after the other, with one generator and one buffer for all: to make and
 * end a generator costs as much as to write a forecast. One thread.
 */
final class JsonObjects {

    private static final SerializedString NOTHING = new SerializedString("");

    private final ByteArrayBuilder bytes = new ByteArrayBuilder();
    private @Nullable JsonGenerator generator;

    /** The bytes of one object; the caller's own. */
    byte[] object(Json.Fields fields) {
        bytes.reset();
        JsonGenerator json = generator == null ? open() : generator;
        generator = null; // one that fails stands amid its object, and is not used again
        try {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array took no JSON", e);
        }
        generator = json;
        return bytes.toByteArray();
    }

    private JsonGenerator open() {
        try {
            return Json.FACTORY.createGenerator(bytes).setRootValueSeparator(NOTHING);
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array took no JSON", e);
        }
    }
}
