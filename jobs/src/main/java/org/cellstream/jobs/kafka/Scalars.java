package org.cellstream.jobs.kafka;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.OptionalLong;
import org.cellstream.event.Rejected.Cause;

/** Keys and times as events and orders have them, read from where a parser stands. */
final class Scalars {

    private static final int LONGEST_KEY = 1024;

    private Scalars() {}

    /**
     * A key.
     *
     * @param field what the message calls it, with {@code %s} for {@code name}
     */
    static String key(String field, String name, JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        String text = text(parser);
        if ((token != JsonToken.VALUE_STRING && !token.isNumeric()) || text.isEmpty()) {
            throw malformed(field + " is %s; need a string or a number", name, text);
        }
        if (text.length() > LONGEST_KEY || !Texts.isWellFormed(text)) {
            throw malformed(
                    field
                            + " is %s; need at most "
                            + LONGEST_KEY
                            + " characters, all of them Unicode's",
                    name,
                    text);
        }
        return text;
    }

    /**
     * An event time, epoch milliseconds.
     *
     * @param field what the message calls it, with {@code %s} for {@code name}
     */
    static long time(String field, String name, JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        OptionalLong time = OptionalLong.empty();
        if (token == JsonToken.VALUE_STRING) {
            time = EventTimes.parse(parser.getText());
        } else if (token.isNumeric()) {
            time = EventTimes.of(parser.getDoubleValue());
        }
        if (time.isEmpty()) {
            throw malformed(field + " is %s; " + EventTimes.ALLOWED, name, text(parser));
        }
        return time.getAsLong();
    }

    /** A scalar's text; what stands for the others. */
    static String text(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "{...}";
            case START_ARRAY -> "[...]";
            default -> parser.getText();
        };
    }

    /** A text for a message. */
    static String quoted(String text) {
        return "\"" + Texts.shown(text) + "\"";
    }

    private static BadRecordException malformed(String reason, String name, String value) {
        return new BadRecordException(
                Cause.MALFORMED, reason.formatted(name, quoted(value)), name, Texts.shown(value));
    }
}
