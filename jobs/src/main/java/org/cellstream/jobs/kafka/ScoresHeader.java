package org.cellstream.jobs.kafka;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.cellstream.event.Scores;
import org.jspecify.annotations.Nullable;

/**
 * Scores of a version of the weights as a header {@code scores} of each of its records, JSON:
 * readers that do not know it read the weights all the same, and anybody can look at it.
 */
final class ScoresHeader {

    private static final String NAME = "scores";

    private ScoresHeader() {}

    static Header of(Scores scores) {
        return new RecordHeader(
                NAME,
                Json.object(
                        json -> {
                            json.writeStringField("why", scores.why().text());
                            json.writeFieldName("candidate");
                            Json.number(json, scores.candidate());
                            json.writeFieldName("published");
                            Json.number(json, scores.published());
                            json.writeFieldName("persistence");
                            Json.number(json, scores.persistence());
                            json.writeNumberField("samples", scores.samples());
                            json.writeFieldName("rate");
                            Json.number(json, scores.rate());
                            json.writeNumberField("drifts", scores.drifts());
                        }));
    }

    /** What a record says; null if it says nothing that can be read. */
    static @Nullable Scores read(Headers headers) {
        Header header = headers.lastHeader(NAME);
        if (header == null || header.value() == null) {
            return null;
        }
        Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = Json.FACTORY.createParser(header.value())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            for (String name = parser.nextFieldName();
                    name != null;
                    name = parser.nextFieldName()) {
                if (parser.nextToken() != JsonToken.VALUE_NULL) {
                    fields.put(name, parser.getText());
                }
                parser.skipChildren();
            }
            return scores(fields);
        } catch (IOException | NumberFormatException e) {
            return null; // somebody else's header: the weights can be read without it
        }
    }

    private static @Nullable Scores scores(Map<String, String> fields) {
        for (Scores.Why why : Scores.Why.values()) {
            if (why.text().equals(fields.get("why"))) {
                return new Scores(
                        why,
                        number(fields, "candidate"),
                        number(fields, "published"),
                        number(fields, "persistence"),
                        Long.parseLong(fields.getOrDefault("samples", "0")),
                        number(fields, "rate"),
                        Long.parseLong(fields.getOrDefault("drifts", "0")));
            }
        }
        return null;
    }

    private static double number(Map<String, String> fields, String name) {
        String text = fields.get(name);
        return text == null ? Double.NaN : Double.parseDouble(text);
    }
}
