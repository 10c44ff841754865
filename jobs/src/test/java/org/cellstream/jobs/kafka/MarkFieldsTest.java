package org.cellstream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cellstream.event.Marks;
import org.cellstream.event.Rejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What events say about themselves, in JSON. */
class MarkFieldsTest {

    private static final EventFormat FORMAT =
            new EventFormat(null, "t", List.of("v"), List.of(), new MarkNames("b", "l", "w", "m"));

    /** An event with more fields, their names and texts in quotation marks of ~. */
    private static DecodedRecord decode(String more) {
        String json = "{~t~:1,~v~:2" + more + "}";
        return new JsonEvents(FORMAT)
                .decode(json.replace('~', '"').getBytes(StandardCharsets.UTF_8), "test", 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",~b~:null,~l~:null,~w~:null,~m~:null", ",~b~:~~,~l~:~~,~w~:~ ~"})
    void eventThatSaysNothingIsPlain(String more) {
        assertThat(decode(more).event().given()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"start, true, false", "END, false, true", "Both, true, true"})
    void boundarySaysWhereASequenceStartsAndEnds(String word, boolean starts, boolean ends) {
        Marks marks = decode(",~b~:~" + word + "~").event().marks();

        assertThat(marks.starts()).isEqualTo(starts);
        assertThat(marks.ends()).isEqualTo(ends);
    }

    @Test
    void labelAndWeightAreNumbersOrTexts() {
        assertThat(decode(",~l~:-1.5,~w~:~2e-1~").event().marks())
                .isEqualTo(Marks.NONE.labelled(-1.5).weighing(0.2));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "false, true", "~0~, true", "1, false", "true, false"})
    void maskSaysWhatIsPassedOver(String value, boolean masked) {
        assertThat(decode(",~m~:" + value).event().marks().masked()).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "~b~:~middle~, b, middle",
        "~b~:5, b, 5",
        "~l~:~high~, l, high",
        "~l~:~NaN~, l, NaN",
        "~w~:-1, w, -1",
        "~w~:~Infinity~, w, Infinity",
        "~m~:2, m, 2",
    })
    void wrongMarkIsRejectedWithItsFieldAndValue(String field, String name, String value) {
        Rejected rejected = decode("," + field).rejected();

        assertThat(rejected.cause()).isEqualTo(Rejected.Cause.MALFORMED);
        assertThat(rejected.field()).isEqualTo(name);
        assertThat(rejected.value()).isEqualTo(value);
        assertThat(rejected.reason()).contains("\"" + value + "\"").contains("need");
    }

    @Test
    void eventThatIsPassedOverBoundsNoSequence() {
        assertThat(decode(",~m~:0,~b~:~end~").rejected().reason())
                .contains("masked by field \"m\"")
                .contains("by field \"b\"");
    }

    @Test
    void markMayBeAColumnToo() {
        MarkNames names = new MarkNames(null, "v", null, null);
        EventFormat both = new EventFormat(null, "t", List.of("v"), List.of(), names);
        byte[] json = "{\"t\":1,\"v\":2}".getBytes(StandardCharsets.UTF_8);

        DecodedRecord decoded = new JsonEvents(both).decode(json, "test", 0);

        assertThat(decoded.event().numbers()).containsExactly(2);
        assertThat(decoded.event().marks().label()).isEqualTo(2);
    }
}
