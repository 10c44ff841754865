package org.cellstream.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkParserTest {

    private static final String LAYERS = "dense, lstm";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gnu(8) dense(1)        | gnu(8)",
                "lstm(64) gnu           | gnu",
                "lstm(64), dense(1)     | , dense(1)",
                "Lstm(1)                | Lstm(1)",
                "gnu(lstm( 1 ),a = b)   | gnu(lstm(1), a=b)"
            })
    void wordThatIsNoLayerIsNamed(String text, String word) {
        assertThatThrownBy(() -> Network.parse(text, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "\"%s\" in network \"%s\" is not a layer; allowed are %s",
                        word, text, LAYERS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lstm(0)         | has units 0; need a whole number of 1 to 999999",
                "lstm(-1)        | has units -1; need a whole number of 1 to 999999",
                "lstm(2.5)       | has units 2.5; need a whole number of 1 to 999999",
                "lstm(many)      | has units many; need a whole number of 1 to 999999",
                "dense           | has no units; need a whole number of 1 to 999999",
                "dense(1234567)  | has units 1234567; need at most 999999",
                "dense(12345678901234567890) | has units 12345678901234567890; need at most 999999",
                "lstm(units=2, units=3)      | has units twice",
            })
    void argumentThatIsWrongIsNamedWithWhatIsAllowed(String word, String what) {
        assertThatThrownBy(() -> Network.parse(word, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"%s\" in network \"%s\" %s", word, word, what);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lstm(8, size=2)  | size=2",
                "lstm(8, 2)       | 2",
                "lstm(8, gnu(2))  | gnu(2)",
            })
    void argumentThatALayerDoesNotTakeIsNamed(String word, String argument) {
        assertThatThrownBy(() -> Network.parse(word, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "\"%s\" in network \"%s\" does not take \"%s\"; lstm takes units",
                        word, word, argument);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dense(1        | has a \"(\" without its \")\"",
                "dense(1 2)     | has a \"(\" without its \")\"",
                "dense()        | has an argument that is neither a number nor a word",
                "dense(1,)      | has an argument that is neither a number nor a word",
                "dense(units=)  | has an argument that is neither a number nor a word",
            })
    void textThatBreaksOffIsNamed(String text, String what) {
        assertThatThrownBy(() -> Network.parse("lstm(2) " + text, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"%s\" in network \"lstm(2) %s\" %s", text, text, what);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\t"})
    void emptyTextIsNoNetwork(String text) {
        assertThatThrownBy(() -> Network.parse(text, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("network is empty; an example is \"lstm(64) dense(1)\"");
    }

    @Test
    void wordsWithinWordsWithoutEndAreRefused() {
        String deep = "lstm(".repeat(100_000);

        assertThatThrownBy(() -> Network.parse(deep, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("is a word within 8 others; need fewer");
    }

    @Test
    void argumentsMayBeNamed() {
        Network network = Network.parse("lstm( units = 64 ) dense(units=1)", 8);

        assertThat(network.text()).isEqualTo("lstm(64) dense(1)");
    }
}
