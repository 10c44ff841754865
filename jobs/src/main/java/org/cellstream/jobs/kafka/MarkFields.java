package org.cellstream.jobs.kafka;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Locale;
import org.cellstream.event.Marks;
import org.cellstream.event.Rejected.Cause;

/** What one record says about itself, as far as it has been read. */
final class MarkFields {

    private static final String NO = "0";
    private static final String YES = "1";

    private final MarkNames names;
    private Marks marks = Marks.NONE;
    private boolean starts;
    private boolean ends;
    private boolean masked;

    MarkFields(MarkNames names) {
        this.names = names;
    }

    void clear() {
        marks = Marks.NONE;
        starts = false;
        ends = false;
        masked = false;
    }

    /** Takes the value at which the parser stands, if it is one of these fields'. */
    void take(String name, JsonParser parser) throws IOException {
        String text = isEmpty(parser) ? "" : Scalars.text(parser).strip();
        if (name.equals(names.boundary())) {
            takeBoundary(name, text);
        }
        if (name.equals(names.mask())) {
            takeMask(name, text);
        }
        if (name.equals(names.label()) && !text.isEmpty()) {
            double label = Numbers.parse(text);
            if (Double.isNaN(label)) {
                throw bad(name, text, "need a finite number, or none");
            }
            marks = marks.labelled(label);
        }
        if (name.equals(names.weight()) && !text.isEmpty()) {
            double weight = Numbers.parse(text);
            if (!(weight >= 0 && weight <= Float.MAX_VALUE)) {
                throw bad(name, text, "need a number from 0 to 3e38, or none");
            }
            marks = marks.weighing(weight);
        }
    }

    private static boolean isEmpty(JsonParser parser) {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    private void takeBoundary(String name, String text) throws BadRecordException {
        switch (text.toLowerCase(Locale.ROOT)) {
            case "" -> {}
            case "start" -> starts = true;
            case "end" -> ends = true;
            case "both" -> {
                starts = true;
                ends = true;
            }
            default -> throw bad(name, text, "need start, end, both, or none");
        }
    }

    private void takeMask(String name, String text) throws BadRecordException {
        switch (text.toLowerCase(Locale.ROOT)) {
            case "", YES, "true" -> {}
            case NO, "false" -> masked = true;
            default ->
                    throw bad(
                            name,
                            text,
                            "need 1 or true for an event that counts, 0 or false for one that is"
                                    + " passed over");
        }
    }

    private static BadRecordException bad(String name, String text, String allowed) {
        return new BadRecordException(
                Cause.MALFORMED,
                "field \"%s\" is %s; %s".formatted(name, Scalars.quoted(text), allowed),
                name,
                Texts.shown(text));
    }

    /** What the record says, once it has been read. */
    Marks marks() throws BadRecordException {
        if (masked && (starts || ends)) {
            throw BadRecordException.malformed(
                    "event is masked by field \"%s\" and bounds a sequence by field \"%s\"; need"
                                    .formatted(names.mask(), names.boundary())
                            + " one that counts there");
        }
        Marks all = marks;
        all = starts ? all.start() : all;
        all = ends ? all.end() : all;
        return masked ? all.mask() : all;
    }
}
