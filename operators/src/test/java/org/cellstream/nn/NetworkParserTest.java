package org.cellstream.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkParserTest {

    private static final String LAYERS =
            "bidirectional, dense, dropout, embedding, gru, layernorm, lstm, skip";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gnu(8) dense(1)        | gnu",
                "lstm(64) gnu           | gnu",
                "lstm(64), dense(1)     | , dense(1)",
                "Lstm(1)                | Lstm",
                "gnu(lstm( 1 ),a = b)   | gnu"
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
                "dropout         | has no rate; need a number of 0 to below 1",
                "dropout(half)   | has rate half; need a number",
                "layernorm(eps=1e-5555)      | has eps 1e-5555; need a number",
                "embedding(8, 2, column=-1)  | has column -1; need a whole number of 0 to 999999",
                "embedding(8)    | has no units; need a whole number of 1 to 999999",
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lstm(64, projection=16)",
                "lstm(64, dropout=0.1, recurrent-dropout=0.25)",
                "gru(64, reset=before, recurrent-dropout=0.5)",
                "gru(32)",
                "gru(32, reset=before)",
                "bidirectional(lstm(32))",
                "bidirectional(lstm(32, projection=4), merge=sum)",
                "bidirectional(gru(32, reset=before), merge=average)",
                "bidirectional(gru(32), merge=multiply)",
            })
    void recurrentLayersReadWhatTheyWrite(String text) {
        Network network = Network.parse(text, 8);

        assertThat(network.text()).isEqualTo(text);
    }

    @Test
    void defaultsNeedNotBeWritten() {
        Network network =
                Network.parse("gru(2, reset=after) bidirectional(gru(3), merge=concat)", 8);

        assertThat(network.text()).isEqualTo("gru(2) bidirectional(gru(3))");
        assertThat(network.layers().get(0)).isEqualTo(Network.of(8).gru(2).layers().get(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gru(8, reset=never)        | has reset never; need after or before",
                "lstm(8, projection=0)      | has projection 0; need a whole number of 1 to 999999",
                "lstm(8, dropout=1)         | has dropout 1; need a number of 0 to below 1",
                "gru(8, recurrent-dropout=-0.1) | has recurrent-dropout -0.1; need a number of 0 to below 1",
                "gru(8, dropout=some)       | has dropout some; need a number",
                "bidirectional              | has no layer; need an lstm or a gru",
                "bidirectional(gru(8), merge=mean)"
                        + " | has merge mean; allowed are concat, sum, average, multiply",
            })
    void argumentOfARecurrentLayerThatIsWrongIsNamed(String word, String what) {
        assertThatThrownBy(() -> Network.parse(word, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"%s\" in network \"%s\" %s", word, word, what);
    }

    @Test
    void argumentsMayBeNamed() {
        Network network = Network.parse("lstm( units = 64 ) dense(units=1)", 8);

        assertThat(network.text()).isEqualTo("lstm(64) dense(1)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dense(10, relu) dense(3, leaky_relu) dense(3, leaky_relu(0.2)) dense(1)",
                "dense(2, elu(0.5)) dense(2, selu) dense(2, gelu) dense(2, gelu_tanh)",
                "dense(2, tanh) dense(2, sigmoid) dense(2, hard_sigmoid) dense(2, softplus)",
                "dense(2, softsign) dense(2, swish) dense(2, exponential) dense(2, softmax)",
                "embedding(100, 8) embedding(3, 2, column=0) lstm(4)",
                "layernorm layernorm(eps=0.001) dropout(0.2) skip dense(1)",
            })
    void textOfEveryLayerIsReadAgain(String text) {
        Network network = Network.parse(text, 8);

        assertThat(network.text()).isEqualTo(text);
        assertThat(Network.parse(network.text(), 8)).isEqualTo(network).hasSameHashCodeAs(network);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dense(4, linear)      | dense(4)",
                "dense(4, silu)        | dense(4, swish)",
                "dense(activation=relu, units=4)     | dense(4, relu)",
                "dense(4, leaky_relu(alpha=0.01))    | dense(4, leaky_relu)",
                "layernorm(0.00001)    | layernorm",
                "layernorm(eps=1E-3)   | layernorm(eps=0.001)",
                "dropout(rate=.5)      | dropout(0.5)",
            })
    void otherWaysToWriteALayerMeanTheSame(String text, String same) {
        assertThat(Network.parse(text, 8).text()).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dense(2, rely)              | 'is not an activation; allowed are linear, relu, leak'",
                "dense(2, relu(1))           | 'does not take \"1\"; relu takes no arguments'",
                "dense(2, elu(-1))           | alpha of elu is -1.0; need 0 or more",
                "dropout(1)                  | rate of dropout is 1.0; need 0 to below 1",
                "dropout(-0.1)               | rate of dropout is -0.1; need 0 to below 1",
                "layernorm(eps=0)            | eps of layernorm is 0.0; need a number above 0",
                "embedding(4, 2, column=8)   | 'is 8; its input row has 8, counted from 0'",
                "skip(1)                     | 'does not take \"1\"; skip takes no arguments'",
            })
    void layersSayWhatTheyAllow(String text, String what) {
        assertThatThrownBy(() -> Network.parse(text, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(what);
    }

    @Test
    void rowsWiderThanAnyArrayAreRefused() {
        String wide = "embedding(1, 999999) ".repeat(2200);

        assertThatThrownBy(() -> Network.parse(wide, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("floats; need at most 2147483647");
    }
}
