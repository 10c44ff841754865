package org.cellstream.jobs.kafka;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.cellstream.event.Marks;
import org.cellstream.event.Rejected.Cause;
import org.jspecify.annotations.Nullable;

/**
 * What was found so far of one record. A bad number waits until the record has been read to its
 * end: a broken record is worse, and of several bad numbers the first in the order of the columns
 * is named, however the record orders them.
 */
final class EventFields {

    /** Beyond these, fields are found by name only. */
    private static final int MOST_EXPECTED = 256;

    private final EventFormat format;
    private final MarkFields marks;
    private final Map<String, Slot> slots = new HashMap<>();

    /** The fields of the last record in its order, those that nobody reads as null. */
    private final @Nullable Slot[] expected = new Slot[MOST_EXPECTED];

    private final boolean[] seen;
    private final double[] numbers;
    private final @Nullable BadRecordException[] bad;
    private @Nullable String key;
    private OptionalLong time = OptionalLong.empty();

    /** Where one field of the record goes; the same field may be key, time and number. */
    private record Slot(
            SerializedString name,
            int index,
            boolean key,
            boolean time,
            boolean mark,
            int number) {}

    EventFields(EventFormat format) {
        this.format = format;
        this.marks = new MarkFields(format.marks());
        for (String name : format.numbers()) { // first, so that slot i is that of number i
            add(name);
        }
        if (format.key() != null) {
            add(format.key());
        }
        if (format.time() != null) {
            add(format.time());
        }
        format.marks().all().forEach(this::add);
        seen = new boolean[slots.size()];
        numbers = new double[format.numbers().size()];
        bad = new BadRecordException[numbers.length];
    }

    private void add(String name) {
        slots.computeIfAbsent(
                name,
                n ->
                        new Slot(
                                new SerializedString(n),
                                slots.size(),
                                n.equals(format.key()),
                                n.equals(format.time()),
                                format.marks().all().contains(n),
                                format.numbers().indexOf(n)));
    }

    void clear() {
        Arrays.fill(seen, false);
        key = format.key() == null ? EventFormat.ONE_KEY : null;
        time = OptionalLong.empty();
        marks.clear();
        for (int i = 0; i < numbers.length; i++) {
            bad[i] = null;
        }
    }

    /**
     * Takes the fields of the object in which the parser stands, to its end. Records mostly have
     * their fields in one order, so each is compared with the bytes of the one that stood there in
     * the record before: so its name need not be decoded and looked up.
     */
    void takeAll(JsonParser parser) throws IOException {
        for (int i = 0; ; i++) {
            Slot slot = i < MOST_EXPECTED ? expected[i] : null;
            if (slot == null || !parser.nextFieldName(slot.name)) {
                String name = slot == null ? parser.nextFieldName() : otherName(parser);
                if (name == null) {
                    return;
                }
                slot = slots.get(name);
                if (i < MOST_EXPECTED) {
                    expected[i] = slot;
                }
            }
            parser.nextToken();
            if (slot != null) {
                take(slot, parser);
            }
            parser.skipChildren();
        }
    }

    /** The name at which the parser stands, which was not the expected one; null at the end. */
    private static @Nullable String otherName(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.FIELD_NAME ? parser.currentName() : null;
    }

    /** Takes the value at which the parser stands. */
    private void take(Slot slot, JsonParser parser) throws IOException {
        String name = slot.name.getValue();
        if (seen[slot.index]) {
            throw BadRecordException.malformed(
                    "field \"" + name + "\" is there twice; need it once");
        }
        seen[slot.index] = true;
        JsonToken token = parser.currentToken();
        if (slot.key) {
            key = Scalars.key("key field \"%s\"", name, parser);
        }
        if (slot.time) {
            time = OptionalLong.of(Scalars.time("time field \"%s\"", name, parser));
        }
        if (slot.number >= 0) {
            takeNumber(slot.number, token, parser);
        }
        if (slot.mark) {
            marks.take(name, parser);
        }
    }

    private void takeNumber(int index, JsonToken token, JsonParser parser) throws IOException {
        double number = Double.NaN;
        if (token.isNumeric()) {
            number = parser.getDoubleValue();
        } else if (token == JsonToken.VALUE_STRING) {
            number = Numbers.parse(parser.getText());
        }
        if (Double.isFinite(number)) {
            numbers[index] = number;
        } else {
            bad[index] = bad(format.numbers().get(index), Scalars.text(parser), token);
        }
    }

    private static BadRecordException bad(String field, String text, JsonToken token) {
        boolean empty = token == JsonToken.VALUE_NULL || text.isBlank();
        return new BadRecordException(
                empty ? Cause.EMPTY_NUMBER : Cause.NOT_A_NUMBER,
                "field \"%s\" is %s; need a finite number".formatted(field, Scalars.quoted(text)),
                field,
                Texts.shown(text));
    }

    /** The key, once the record has been read. */
    String key() throws BadRecordException {
        if (key == null) {
            throw missing(
                    Cause.MALFORMED,
                    "key field \"%s\" is missing; need a string or a number",
                    format.key());
        }
        return key;
    }

    /**
     * The event time, once the record has been read; {@code recordTime} where no field holds it.
     */
    long time(long recordTime) throws BadRecordException {
        if (format.time() == null) {
            return EventTimes.inRange(recordTime)
                    .orElseThrow(
                            () ->
                                    BadRecordException.malformed(
                                            "the record's timestamp is %d; %s"
                                                    .formatted(recordTime, EventTimes.ALLOWED)));
        }
        if (time.isEmpty()) {
            throw missing(
                    Cause.MALFORMED,
                    "time field \"%s\" is missing; " + EventTimes.ALLOWED,
                    format.time());
        }
        return time.getAsLong();
    }

    /** The numbers, once the record has been read; the caller's own. */
    double[] numbers() throws BadRecordException {
        double[] read = numbers.clone();
        for (int i = 0; i < read.length; i++) {
            String field = format.numbers().get(i);
            BadRecordException wrong = bad(i, field);
            if (wrong != null && isNothing(wrong) && format.mayBeEmpty().contains(field)) {
                read[i] = Double.NaN;
            } else if (wrong != null) {
                throw wrong;
            }
        }
        return read;
    }

    /** Whether there is no number rather than a wrong one: writers of tables say NaN for that. */
    private static boolean isNothing(BadRecordException wrong) {
        return wrong.kind() == Cause.EMPTY_NUMBER || "nan".equalsIgnoreCase(wrong.value());
    }

    private @Nullable BadRecordException bad(int i, String field) {
        return seen[i]
                ? bad[i]
                : missing(
                        Cause.EMPTY_NUMBER, "field \"%s\" is missing; need a finite number", field);
    }

    /** What the record says about itself, once it has been read. */
    Marks marks() throws BadRecordException {
        return marks.marks();
    }

    /** As many numbers, of an event whose numbers nobody reads; the caller's own. */
    double[] anyNumbers() {
        double[] any = new double[numbers.length];
        Arrays.fill(any, Double.NaN);
        return any;
    }

    private static BadRecordException missing(Cause cause, String reason, @Nullable String field) {
        return new BadRecordException(cause, reason.formatted(field), field, null);
    }
}
