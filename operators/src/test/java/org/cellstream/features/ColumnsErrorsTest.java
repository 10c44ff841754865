package org.cellstream.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsErrorsTest {

    private static final String FORM =
            "a column is name=source|transform|transform, with commas between columns";
    private static final String TRANSFORMS =
            "allowed are log, log1p, sqrt, diff, lag(n), abs, clip(a,b), hour, dayOfWeek, month,"
                    + " cyclic(period), category(n) and missing";
    private static final String SOURCE =
            "a source is a field, a ratio A/B of two, time, key or gap";

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\n"})
    void emptyColumnsComeWithAnExample(String text) {
        assertThat(errorOf(text))
                .isEqualTo(
                        "columns are empty; an example is \"range=High/Low|log,"
                                + " volume=Volume|log\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a=X|logg; 5; logg",
                "a=X|Log; 5; Log",
                "a=X, b=Y|log| diff2; 15; diff2",
                "a=X|hours; 5; hours",
                "a=X|lag); 5; lag)",
                "a=🚀|(3); 5; (3)",
            })
    void unknownTransformIsNamedWithItsPlace(String text, int place, String word) {
        assertThat(errorOf(text)).isEqualTo(at(place, word, "is no transform; " + TRANSFORMS));
    }

    @Test
    void missingTransformIsNamedWithItsPlace() {
        assertThat(errorOf("a=X|log||diff")).isEqualTo(at(9, "", "is no transform; " + TRANSFORMS));
        assertThat(errorOf("a=X|")).isEqualTo(at(5, "", "is no transform; " + TRANSFORMS));
    }

    @Test
    void textAfterArgumentsIsNamed() {
        assertThat(errorOf("a=X|lag(3)x"))
                .isEqualTo(
                        at(5, "lag(3)x", "is no transform: text follows its \")\"; " + TRANSFORMS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"log(2)", "diff()", "sqrt(1,2)", "log1p( )", "abs(x)"})
    void argumentsWhereNoneAreTakenAreNamed(String transform) {
        String name = transform.substring(0, transform.indexOf('('));

        String error = errorOf("a=X|" + transform);

        assertThat(error).isEqualTo(at(5, transform, "has arguments; " + name + " takes none"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lag",
                "lag()",
                "lag(0)",
                "lag(-1)",
                "lag(1.5)",
                "lag(1,2)",
                "lag(x)",
                "lag(NaN)",
                "lag(10001)",
                "lag(99999999999999999999)",
                "lag((3))",
                "lag(3d)"
            })
    void wrongLagsAreNamed(String transform) {
        assertThat(errorOf("a=X|" + transform))
                .isEqualTo(
                        at(
                                5,
                                transform,
                                "has wrong arguments; lag(n) takes one whole number from 1 to"
                                        + " 10000"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clip",
                "clip()",
                "clip(1)",
                "clip(1,1)",
                "clip(2,1)",
                "clip(1,2,3)",
                "clip(a,b)",
                "clip(0,1e999)",
                "clip(0,Infinity)",
                "clip(,1)",
                "clip(0x1,2)"
            })
    void wrongClipsAreNamed(String transform) {
        assertThat(errorOf("a=X|" + transform))
                .isEqualTo(
                        at(
                                5,
                                transform,
                                "has wrong arguments; clip(a,b) takes two finite numbers, the"
                                        + " smaller one first"));
    }

    @Test
    void unclosedArgumentsAreNamedWithTheirPlace() {
        assertThat(errorOf("a=X|clip(1,2, b=Y"))
                .isEqualTo(at(9, "(", "is never closed; arguments of a transform end with \")\""));
    }

    @Test
    void twoColumnsOfOneNameAreNamedAtTheSecond() {
        assertThat(errorOf("a=X, b=Y, a = Z"))
                .isEqualTo(at(11, "a", "is the name of two columns; names must differ"));
        assertThat(errorOf("X=Y|log,X"))
                .isEqualTo(at(9, "X", "is the name of two columns; names must differ"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Close|log", "High/Low", "High/Low|log"})
    void columnWithoutNameIsNamed(String text) {
        assertThat(errorOf("a=X, " + text))
                .isEqualTo(at(6, text, "has no \"=\"; write name=" + text));
    }

    @Test
    void forgottenCommaIsSaid() {
        assertThat(errorOf("a=X|log b=Y"))
                .isEqualTo(at(1, "a=X|log b=Y", "has a second \"=\"; " + FORM));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {",a=X; 1", "a=X,; 5", "a=X, ,b=Y; 6"})
    void emptyColumnIsNamedWithItsPlace(String text, int place) {
        assertThat(errorOf(text)).isEqualTo(at(place, "", "is an empty column; " + FORM));
    }

    @Test
    void emptyOrOddNameIsNamedWithItsPlace() {
        assertThat(errorOf("b=Y, =X")).isEqualTo(at(6, "", "is no name for a column; " + FORM));
        assertThat(errorOf("a|log=X"))
                .isEqualTo(at(1, "a|log", "is no name for a column; " + FORM));
    }

    @Test
    void sourceWithTwoSlashesIsNamed() {
        assertThat(errorOf("a=X/Y/Z|log"))
                .isEqualTo(at(3, "X/Y/Z", "has more than one \"/\"; " + SOURCE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"a=; 3", "a=/Y; 3", "a=X/; 5", "a=|log; 3"})
    void missingFieldIsNamedWithItsPlace(String text, int place) {
        assertThat(errorOf(text)).isEqualTo(at(place, "", "is no field; " + SOURCE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a=gap/X; 3; gap; the time since the key's last event",
                "a=X/ gap |log; 6; gap; the time since the key's last event",
                "a=X, b=gap/gap; 8; gap; the time since the key's last event",
                "a=X/time; 5; time; the event's time",
                "a=key/X; 3; key; the event's key",
            })
    void wordThatIsNoFieldStandsInNoRatio(String text, int place, String word, String meaning) {
        assertThat(errorOf(text))
                .isEqualTo(
                        at(
                                place,
                                word,
                                "is "
                                        + meaning
                                        + " and stands in no ratio; allowed are two fields of the"
                                        + " event"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "key, a=X; 1",
                "a=X, id=key; 9",
                "a=X, id=key|log; 9",
                "a=X, id=key|category(5)|diff; 9",
                "a=X, id=key|diff|category(5); 9"
            })
    void keyIsACategoryAndNothingElse(String text, int place) {
        assertThat(errorOf(text))
                .isEqualTo(
                        at(
                                place,
                                "key",
                                "is the event's key, which is no number; category(n) and nothing"
                                        + " else follows it, as in id=key|category(500)"));
    }

    @ParameterizedTest
    @CsvSource({
        "a=X|hour, 5, hour",
        "'a=X, b=gap|month', 12, month",
        "'a=X, b=time|diff|dayOfWeek', 18, dayOfWeek",
    })
    void partOfATimeStandsRightAfterTheTime(String text, int place, String part) {
        assertThat(errorOf(text))
                .isEqualTo(
                        at(
                                place,
                                part,
                                "takes a time; it stands right after the source time, as in time|"
                                        + part));
    }

    @ParameterizedTest
    @CsvSource({
        "a=X|category(5)|diff, 17, diff, category(5)",
        "a=X|cyclic(360)|abs, 17, abs, cyclic(360)",
        "a=X|category(5)|category(5), 17, category(5), category(5)",
        "'a=X, b=time|hour|cyclic|diff', 25, diff, cyclic(24)",
    })
    void whatTheNetworkTakesAsItIsComesLast(String text, int place, String word, String last) {
        assertThat(errorOf(text))
                .isEqualTo(at(place, word, "follows " + last + ", which comes last"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=X|cyclic", "a=X|diff|cyclic", "a=X, b=time|cyclic"})
    void cyclicNeedsAPeriodThatIsNotKnown(String text) {
        int place = text.lastIndexOf("cyclic") + 1;

        assertThat(errorOf(text))
                .isEqualTo(
                        at(
                                place,
                                "cyclic",
                                "has no period; write cyclic(period), as cyclic(360) of degrees."
                                        + " Only after hour, dayOfWeek and month it is known"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cyclic()", "cyclic(0)", "cyclic(-3)", "cyclic(1,2)", "cyclic(1e999)"})
    void wrongPeriodsAreNamed(String transform) {
        assertThat(errorOf("a=X|" + transform))
                .isEqualTo(
                        at(
                                5,
                                transform,
                                "has wrong arguments; cyclic(period) takes one finite number above"
                                        + " 0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "category",
                "category()",
                "category(0)",
                "category(2.5)",
                "category(1000000)"
            })
    void wrongCategoriesAreNamed(String transform) {
        assertThat(errorOf("a=X|" + transform))
                .isEqualTo(
                        at(
                                5,
                                transform,
                                "has wrong arguments; category(n) takes one whole number from 1 to"
                                        + " 999999"));
    }

    @ParameterizedTest
    @CsvSource({"log, 11", "diff|log, 16", "lag(2)|abs|log, 22"})
    void transformThatRejectsEveryFirstGapIsNamedWithItsPlace(String transforms, int place) {
        assertThat(errorOf("a=X, w=gap|" + transforms))
                .isEqualTo(
                        at(
                                place + 1,
                                "log",
                                "cannot take 0.0, which a gap of 0 gives: the first event of every"
                                        + " key would be rejected; it takes numbers above 0"));
    }

    @ParameterizedTest
    @CsvSource({
        "a=gap, gap",
        "'b=X, a=gap|log1p', gap",
        "'a=gap, gap', gap",
        "a=time|hour, time",
        "a=key|category(5), key"
    })
    void targetIsReadFromFields(String text, String source) {
        assertThat(errorOf(text))
                .isEqualTo(
                        "target \"a\" has the source "
                                + source
                                + "; the source of a target is a field or a ratio A/B of two");
    }

    @Test
    void cyclicIsNoTarget() {
        assertThat(errorOf("a=X|cyclic(360)"))
                .isEqualTo(
                        "target \"a\" is cyclic, which makes two numbers of one; a target has any"
                                + " other transforms");
    }

    @Test
    void targetThatIsNoColumnComesWithTheColumns() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Columns.parse("range=High/Low, ret=Close|diff", "Close"))
                .withMessage("target \"Close\" is no column; the columns are range, ret");
    }

    private static String at(int place, String word, String what) {
        return "columns, character " + place + ": \"" + word + "\" " + what;
    }

    private static String errorOf(String columns) {
        var error =
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> Columns.parse(columns, "a"))
                        .actual();
        return error.getMessage();
    }
}
