package org.cellstream.jobs.kafka;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.annotation.Internal;
import org.cellstream.event.Control;
import org.cellstream.nn.Network;
import org.jspecify.annotations.Nullable;

/**
 * An order as somebody typed it; null for what was not said.
 *
 * @param control its name
 * @param key whose memory
 * @param layer name of a layer
 * @param time event time, as events may have it
 * @param state a state as JSON, or a whole report, of which the state is taken
 */
@Internal
public record OrderText(
        String control,
        @Nullable String key,
        @Nullable String layer,
        @Nullable String time,
        @Nullable String state) {

    private static final String STATE = "state";

    /**
     * The order, checked as a job will check it.
     *
     * @throws IllegalArgumentException if it cannot be obeyed; the message says why
     */
    public Control<String> order(Network network) {
        try {
            return new ControlDecoder(network).read(json(), -1, -1);
        } catch (BadRecordException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private byte[] json() {
        String layers = state == null ? null : layers(state);
        return Json.object(
                json -> {
                    json.writeStringField("control", control);
                    write(json, "key", key);
                    write(json, "layer", layer);
                    write(json, "time", time);
                    if (layers != null) {
                        json.writeFieldName(STATE);
                        json.writeRawValue(layers);
                    }
                });
    }

    private static void write(JsonGenerator json, String name, @Nullable String text)
            throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }

    /** The object of layers with their numbers, which a report has in a field. */
    private static String layers(String text) {
        try (JsonParser parser = Json.FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException(
                        "state is %s; need a JSON object".formatted(Texts.shown(text)));
            }
            String layers = text;
            for (String name = parser.nextFieldName();
                    name != null;
                    name = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                int start = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                if (name.equals(STATE) && token == JsonToken.START_OBJECT) {
                    int end = (int) parser.currentLocation().getCharOffset();
                    layers = text.substring(start, end);
                }
            }
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("state goes on after its JSON object");
            }
            return layers;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "state is no JSON: " + Texts.shown(e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new UncheckedIOException("a text could not be read", e);
        }
    }
}
