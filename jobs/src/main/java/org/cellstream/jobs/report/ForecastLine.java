package org.cellstream.jobs.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.apache.flink.annotation.Internal;

/**
 * What reports need of a forecast's JSON.
 *
 * @param key whose forecast it is; a key that is no text as its JSON text
 * @param time event time, epoch milliseconds
 * @param step steps of this key, this one included
 * @param weightsNumber number of the weights that made it
 * @param rawValue first value with the target's transforms undone; NaN if there is none
 * @param error target of this event minus the forecast made for it; NaN at a key's first event
 * @param persistenceError target of this event minus the target before it; NaN at a key's first
 *     event
 */
@Internal
public record ForecastLine(
        String key,
        long time,
        long step,
        long weightsNumber,
        double rawValue,
        double error,
        double persistenceError) {

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Reads the JSON of one forecast; fields that are not needed are passed over.
     *
     * @throws IOException if it is no JSON object, or key, time or step are missing
     */
    public static ForecastLine parse(byte[] json) throws IOException {
        Fields fields = new Fields();
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException(
                        "a forecast is a JSON object; this starts with " + parser.currentToken());
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                fields.take(name, parser);
            }
        }
        return fields.line();
    }

    private static final class Fields {
        private String key = "";
        private long time = Long.MIN_VALUE;
        private long step = Long.MIN_VALUE;
        private long weightsNumber;
        private double rawValue = Double.NaN;
        private double error = Double.NaN;
        private double persistenceError = Double.NaN;
        private boolean hasKey;

        void take(String name, JsonParser parser) throws IOException {
            switch (name) {
                case "key" -> {
                    key = parser.getText();
                    hasKey = true;
                }
                case "time" -> time = parser.getLongValue();
                case "step" -> step = parser.getLongValue();
                case "weightsNumber" -> weightsNumber = parser.getLongValue();
                case "rawValues" -> rawValue = first(parser);
                case "error" -> error = number(parser);
                case "persistenceError" -> persistenceError = number(parser);
                default -> parser.skipChildren();
            }
        }

        private static double first(JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                return number(parser);
            }
            double first = Double.NaN;
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                first = i == 0 ? number(parser) : first;
                parser.skipChildren();
            }
            return first;
        }

        private static double number(JsonParser parser) throws IOException {
            return parser.currentToken().isNumeric() ? parser.getDoubleValue() : Double.NaN;
        }

        ForecastLine line() throws IOException {
            if (!hasKey || time == Long.MIN_VALUE || step == Long.MIN_VALUE) {
                throw new IOException(
                        "a forecast has key, time and step; one of them is missing here");
            }
            return new ForecastLine(
                    key, time, step, weightsNumber, rawValue, error, persistenceError);
        }
    }
}
