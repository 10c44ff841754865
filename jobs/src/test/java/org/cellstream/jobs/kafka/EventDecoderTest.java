package org.cellstream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cellstream.event.Rejected.Cause.EMPTY_NUMBER;
import static org.cellstream.event.Rejected.Cause.MALFORMED;
import static org.cellstream.event.Rejected.Cause.NOT_A_NUMBER;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.cellstream.event.Event;
import org.cellstream.event.Rejected;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {

    private static final EventFormat FORMAT =
            new EventFormat("Name", "Date", List.of("High", "Low"));
    private static final long FEBRUARY_8 = Instant.parse("2013-02-08T00:00:00Z").toEpochMilli();
    private static final int HUGE = 2000;

    private final EventDecoder decoder = new EventDecoder(FORMAT);

    @Test
    void readsKeyTimeAndNumbersInTheOrderOfTheColumns() {
        DecodedRecord decoded =
                decode(
                        "{'Low':14.5,'Name':'AAL','x':[1,{'High':3}],'Date':'2013-02-08','High':15}");

        assertThat(decoded.rejected()).isNull();
        assertThat(decoded.event())
                .isEqualTo(new Event<>("AAL", FEBRUARY_8, new double[] {15, 14.5}, 3, 42));
    }

    @Test
    void takesNumbersInQuotesAndNumbersAsKeys() {
        Event<String> event = event("{'Name':42,'Date':'2013-02-08','High':' -1.5e3','Low':'+.5'}");

        assertThat(event.key()).isEqualTo("42");
        assertThat(event.numbers()).containsExactly(-1500, 0.5);
    }

    @Test
    void leavesTheNumbersOfEarlierEventsAlone() {
        Event<String> first = event("{'Name':'A','Date':1,'High':1,'Low':2}");
        event("{'Name':'A','Date':2,'High':3,'Low':4}");

        assertThat(first.numbers()).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"v\":null", ",\"v\":\"\"", ",\"v\":\" \"", ",\"v\":\"NaN\""})
    void oneFieldMayBeEmptyIfTheFormatSaysSo(String field) {
        EventDecoder lenient =
                new EventDecoder(
                        new EventFormat(
                                null, "t", List.of("w", "v"), List.of("v"), MarkNames.NONE));
        String json = "{\"t\":5,\"w\":1" + field + "}";

        DecodedRecord decoded = lenient.decode(record(json.getBytes(StandardCharsets.UTF_8)));

        assertThat(decoded.event())
                .isEqualTo(new Event<>("all", 5, new double[] {1, Double.NaN}, 3, 42));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"\"t\":5,\"v\":1; EMPTY_NUMBER", "\"t\":5,\"w\":1,\"v\":\"n\"; NOT_A_NUMBER"})
    void otherFieldsAndOtherMistakesAreRejectedAllTheSame(String fields, Rejected.Cause cause) {
        EventDecoder lenient =
                new EventDecoder(
                        new EventFormat(
                                null, "t", List.of("w", "v"), List.of("v"), MarkNames.NONE));

        DecodedRecord decoded =
                lenient.decode(record(("{" + fields + "}").getBytes(StandardCharsets.UTF_8)));

        assertThat(decoded.rejected().cause()).isEqualTo(cause);
    }

    @Test
    void takesOneFieldAsKeyTimeAndNumberAtOnce() {
        EventDecoder one = new EventDecoder(new EventFormat("t", "t", List.of("t")));

        DecodedRecord decoded = one.decode(record("{\"t\":5}".getBytes(StandardCharsets.UTF_8)));

        assertThat(decoded.event()).isEqualTo(new Event<>("5", 5, new double[] {5}, 3, 42));
    }

    @Test
    void hasOneKeyAndTheTimeOfTheRecordWhereNoFieldsNameThem() {
        EventDecoder bare = new EventDecoder(new EventFormat(null, null, List.of("v")));

        DecodedRecord decoded = bare.decode(record("{\"v\":1}".getBytes(StandardCharsets.UTF_8)));

        assertThat(decoded.event()).isEqualTo(new Event<>("all", 1234, new double[] {1}, 3, 42));
    }

    @ParameterizedTest
    @CsvSource({
        "2013-02-08, 2013-02-08T00:00:00Z",
        "2013-02-08T09:30, 2013-02-08T09:30:00Z",
        "2013-02-08 09:30:15, 2013-02-08T09:30:15Z",
        "2013-02-08t09:30:15.25z, 2013-02-08T09:30:15.25Z",
        "2013-02-08T09:30:15+01:00, 2013-02-08T08:30:15Z",
        "2013-02-08T09:30:15.123456-0530, 2013-02-08T15:00:15.123Z",
        "1360281600000, 2013-02-08T00:00:00Z",
        "-1, 1969-12-31T23:59:59.999Z"
    })
    void readsTimes(String text, String instant) {
        Event<String> event = event("{'Name':'A','Date':'" + text + "','High':1,'Low':1}");

        assertThat(Instant.ofEpochMilli(event.time())).isEqualTo(Instant.parse(instant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'yesterday'",
                "''",
                "'2013-02-30'",
                "'2013-02-08T24:00'",
                "'2013-02-08T'",
                "'2013-02-08 09:30 Europe/Paris'",
                "'08.02.2013'",
                "null",
                "true",
                "[2013]",
                "{'$date':1}",
                "1.5",
                "1360281600000000",
                "1e300",
                "99999999999999999999999",
                "'99999999999999999999999'",
                "'+999999999-01-01'"
            })
    void rejectsTimesThatAreNone(String time) {
        Rejected rejected = rejected("{'Name':'A','Date':" + time + ",'High':1,'Low':1}");

        assertThat(rejected.cause()).isEqualTo(MALFORMED);
        assertThat(rejected.field()).isEqualTo("Date");
        assertThat(rejected.reason()).startsWith("time field \"Date\" is ").contains("ISO 8601");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'Name':'A','Date':1,'Low':1};                High;",
                "{'Name':'A','Date':1,'High':null,'Low':1};    High; null",
                "{'Name':'A','Date':1,'High':'  ','Low':null}; High; '  '",
                "{'Name':'A','Date':1,'Low':'','High':1};      Low;  ''"
            },
            quoteCharacter = '`')
    void rejectsEventsWithoutANumberAsEmpty(String json, String field, @Nullable String value) {
        Rejected rejected = rejected(json);

        assertThat(rejected.cause()).isEqualTo(EMPTY_NUMBER);
        assertThat(rejected.field()).isEqualTo(field);
        assertThat(rejected.value())
                .isEqualTo(Optional.ofNullable(value).map(v -> v.replace("'", "")).orElse(null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'abc'",
                "'1d'",
                "'0x10'",
                "'NaN'",
                "'Infinity'",
                "'1,5'",
                "'1e999'",
                "1e999",
                "true",
                "[1]",
                "{'a':1}",
                "'--1'"
            })
    void rejectsWhatIsNoFiniteNumber(String number) {
        Rejected rejected = rejected("{'Name':'A','Date':1,'High':1,'Low':" + number + "}");

        assertThat(rejected.cause()).isEqualTo(NOT_A_NUMBER);
        assertThat(rejected.field()).isEqualTo("Low");
        assertThat(rejected.reason())
                .startsWith("field \"Low\" is ")
                .contains("need a finite number");
    }

    @Test
    void namesTheFirstBadColumnHoweverTheRecordOrdersThem() {
        Rejected rejected = rejected("{'Low':'x','High':'y','Name':'A','Date':1}");

        assertThat(rejected.field()).isEqualTo("High");
        assertThat(rejected.value()).isEqualTo("y");
    }

    static Stream<Arguments> malformed() {
        String good = "{'Name':'A','Date':1,'High':1,'Low':1}";
        return Stream.of(
                Arguments.of("no value", null),
                Arguments.of("nothing", bytes("")),
                Arguments.of("blanks", bytes("  ")),
                Arguments.of("text", bytes("hello")),
                Arguments.of("an array", bytes("[" + good + "]")),
                Arguments.of("a number", bytes("1")),
                Arguments.of("a null", bytes("null")),
                Arguments.of("a record cut short", bytes(good.substring(0, good.length() - 1))),
                Arguments.of("a text cut short", bytes("{'Name':'A")),
                Arguments.of("two objects", bytes(good + good)),
                Arguments.of("a tail", bytes(good + "}")),
                Arguments.of("no key", bytes("{'Date':1,'High':1,'Low':1}")),
                Arguments.of("an empty key", bytes("{'Name':'','Date':1,'High':1,'Low':1}")),
                Arguments.of("a null key", bytes("{'Name':null,'Date':1,'High':1,'Low':1}")),
                Arguments.of("a key of truth", bytes("{'Name':true,'Date':1,'High':1,'Low':1}")),
                Arguments.of(
                        "an object as key", bytes("{'Name':{'a':1},'Date':1,'High':1,'Low':1}")),
                Arguments.of(
                        "half a character", bytes("{'Name':'\\ud800','Date':1,'High':1,'Low':1}")),
                Arguments.of(
                        "a huge key",
                        bytes("{'Name':'" + "k".repeat(HUGE) + "','Date':1,'High':1,'Low':1}")),
                Arguments.of("no time", bytes("{'Name':'A','High':1,'Low':1}")),
                Arguments.of(
                        "a field twice", bytes("{'Name':'A','Date':1,'High':1,'High':2,'Low':1}")),
                Arguments.of(
                        "a huge number",
                        bytes("{'Name':'A','Date':1,'High':" + "9".repeat(HUGE) + ",'Low':1}")),
                Arguments.of(
                        "a deep array",
                        bytes("{'x':" + "[".repeat(HUGE) + "]".repeat(HUGE) + ",'Name':'A'}")),
                Arguments.of("NaN as JSON", bytes("{'Name':'A','Date':1,'High':NaN,'Low':1}")),
                Arguments.of("broken UTF-8", brokenUtf8()),
                Arguments.of("Avro", new byte[] {0, 0, 0, 0, 7, 12, 34}));
    }

    private static byte[] brokenUtf8() {
        byte[] json = bytes("{'Name':'A#','Date':1,'High':1,'Low':1}");
        json[10] = (byte) 0xC3;
        return json;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void rejectsMalformedRecordsWithTheRecordAtHand(String what, byte @Nullable [] raw) {
        DecodedRecord decoded = decoder.decode(record(raw));

        assertThat(decoded.event()).isNull();
        Rejected rejected = decoded.rejected();
        assertThat(rejected.cause()).isEqualTo(MALFORMED);
        assertThat(rejected.reason()).isNotBlank();
        assertThat(rejected.topic()).isEqualTo("events");
        assertThat(rejected.partition()).isEqualTo(3);
        assertThat(rejected.offset()).isEqualTo(42);
        assertThat(rejected.raw()).isEqualTo(raw);
    }

    @Test
    void survivesAnythingAndReadsTheNextEvent() {
        Random random = new Random(7);
        byte[] good =
                bytes(
                        "{'Name':'A','Date':'2013-02-08T10:00:00Z','High':1.5,'Low':\"2\",'x':{'y':[1]}}");

        for (int i = 0; i < 5_000; i++) {
            byte[] noise = good.clone();
            for (int j = 0; j <= i % 4; j++) {
                noise[random.nextInt(noise.length)] = (byte) random.nextInt(256);
            }
            DecodedRecord decoded = decoder.decode(record(noise));
            assertThat((decoded.event() == null) != (decoded.rejected() == null)).isTrue();
        }
        assertThat(decoder.decode(record(good)).event()).isNotNull();
    }

    @Test
    void showsOnlyTheStartOfLongValues() {
        Rejected rejected =
                rejected("{'Name':'A','Date':1,'High':'" + "x".repeat(HUGE) + "','Low':1}");

        assertThat(rejected.value()).hasSizeLessThan(100).endsWith("…");
        assertThat(rejected.reason()).hasSizeLessThan(200);
    }

    private DecodedRecord decode(String json) {
        return decoder.decode(record(bytes(json)));
    }

    private Event<String> event(String json) {
        DecodedRecord decoded = decode(json);
        assertThat(decoded.rejected()).isNull();
        return decoded.event();
    }

    private Rejected rejected(String json) {
        DecodedRecord decoded = decode(json);
        assertThat(decoded.event()).isNull();
        return decoded.rejected();
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static ConsumerRecord<byte[], byte[]> record(byte @Nullable [] value) {
        return new ConsumerRecord<>(
                "events",
                3,
                42,
                1234,
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
