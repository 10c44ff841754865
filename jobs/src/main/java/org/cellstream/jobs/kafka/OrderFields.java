package org.cellstream.jobs.kafka;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one order says. A field of another name is refused and not passed over: were "key" misspelt,
 * the order would be about all keys.
 */
final class OrderFields {

    private static final String CONTROL = "control";
    private static final String KEY = "key";
    private static final String LAYER = "layer";
    private static final String TIME = "time";
    private static final String STATE = "state";
    private static final List<String> NAMES = List.of(CONTROL, KEY, LAYER, TIME, STATE);

    private final Set<String> seen = new HashSet<>();
    private @Nullable String control;
    private @Nullable String key;
    private @Nullable String layer;
    private @Nullable Long time;
    private @Nullable Map<String, float[]> state;

    /** Reads an object, to whose start the parser has come. */
    static OrderFields read(JsonParser parser) throws IOException {
        OrderFields fields = new OrderFields();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (!NAMES.contains(name)) {
                throw BadRecordException.order(
                        "field %s is none of an order's, which are %s%s"
                                .formatted(
                                        Scalars.quoted(name),
                                        String.join(", ", NAMES),
                                        nearest(name, NAMES)),
                        Texts.shown(name),
                        null);
            }
            if (!fields.seen.add(name)) {
                throw BadRecordException.malformed(
                        "field \"" + name + "\" is there twice; need it once");
            }
            fields.take(name, parser);
        }
        return fields;
    }

    /** What to add to a message about an unknown word. */
    static String nearest(String unknown, List<String> known) {
        return Spelling.nearest(unknown, known).map(word -> "; the nearest is " + word).orElse("");
    }

    private void take(String name, JsonParser parser) throws IOException {
        boolean missing = parser.currentToken() == JsonToken.VALUE_NULL;
        switch (name) {
            case CONTROL -> control = missing ? null : text(name, parser);
            case KEY -> key = Scalars.key("%s", name, parser);
            case LAYER -> layer = missing ? null : text(name, parser);
            case TIME -> time = missing ? null : (Long) Scalars.time("%s", name, parser);
            default -> state = missing ? null : state(parser);
        }
    }

    private static String text(String name, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            String value = Texts.shown(Scalars.text(parser));
            throw BadRecordException.order(name + " is " + value + "; need a string", name, value);
        }
        return parser.getText();
    }

    private static Map<String, float[]> state(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw noState(Scalars.text(parser));
        }
        Map<String, float[]> state = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw noState(name + " with " + Scalars.text(parser));
            }
            if (state.put(name, numbers(name, parser)) != null) {
                throw BadRecordException.order(
                        "state has %s twice; need it once".formatted(Scalars.quoted(name)),
                        STATE,
                        Texts.shown(name));
            }
        }
        return state;
    }

    private static BadRecordException noState(String value) {
        String shown = Texts.shown(value);
        return BadRecordException.order(
                "state is " + shown + "; need layers with numbers, as {\"lstm\":[0.1,0.2]}",
                STATE,
                shown);
    }

    private static float[] numbers(String layer, JsonParser parser) throws IOException {
        List<Float> numbers = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            float number =
                    parser.currentToken().isNumeric() ? (float) parser.getDoubleValue() : Float.NaN;
            if (!Float.isFinite(number)) {
                String value = Texts.shown(Scalars.text(parser));
                throw BadRecordException.order(
                        "number %d of the state of %s is %s; need a finite float32"
                                .formatted(numbers.size() + 1, Scalars.quoted(layer), value),
                        STATE,
                        value);
            }
            numbers.add(number);
        }
        float[] array = new float[numbers.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = numbers.get(i);
        }
        return array;
    }

    @Nullable String control() {
        return control;
    }

    /** Whose memory; null for all keys. */
    @Nullable String key() {
        return key;
    }

    @Nullable String layer() {
        return layer;
    }

    /** Event time, epoch milliseconds. */
    @Nullable Long time() {
        return time;
    }

    @Nullable Map<String, float[]> state() {
        return state;
    }
}
