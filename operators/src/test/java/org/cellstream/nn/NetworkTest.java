package org.cellstream.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {

    private static final Network NETWORK = Network.of(8).lstm(64).lstm(32).dense(1);

    @ParameterizedTest
    @CsvSource({
        "lstm(64) lstm(32) dense(1)",
        "'  lstm(64)\tlstm(32)   dense(1) '",
        "lstm( 64 )lstm(32)dense(1)"
    })
    void textSaysTheSameAsCalls(String text) {
        Network network = Network.parse(text, 8);

        assertThat(network).isEqualTo(NETWORK).hasSameHashCodeAs(NETWORK);
    }

    @Test
    void textParsesAgain() {
        Network again = Network.parse(NETWORK.text(), 8);

        assertThat(again).isEqualTo(NETWORK);
        assertThat(NETWORK.text()).isEqualTo("lstm(64) lstm(32) dense(1)");
    }

    @Test
    void nameIsTextAndWidth() {
        assertThat(NETWORK).hasToString("lstm(64) lstm(32) dense(1) over 8 inputs");
        assertThat(Network.of(1).dense(2)).hasToString("dense(2) over 1 input");
    }

    @Test
    void knowsItsWidthsAndStates() {
        Network network = Network.of(8).lstm(64).dense(16).lstm(32).dense(1);

        assertThat(network.outputs()).isEqualTo(1);
        assertThat(List.of(0, 1, 2, 3)).map(network::inputsOf).containsExactly(8, 64, 16, 32);
        assertThat(network.stateSize()).isEqualTo(2 * 64 + 2 * 32);
        assertThat(List.of(0, 1, 2, 3)).map(network::stateOffset).containsExactly(0, 128, 128, 192);
        assertThat(List.of(0, 1, 2, 3))
                .map(network::nameOf)
                .containsExactly("lstm", "dense", "lstm_1", "dense_1");
    }

    @Test
    void copiesItsLayers() {
        List<Layer> layers = new ArrayList<>(NETWORK.layers());
        Network network = new Network(8, layers);

        layers.clear();

        assertThat(network).isEqualTo(NETWORK);
    }

    @Test
    void saysWhatIsWrongWithSizes() {
        assertThatThrownBy(() -> Network.of(8).lstm(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lstm has 0 units; need at least 1");
        assertThatThrownBy(() -> Network.of(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("network has 0 inputs; need at least 1");
        assertThatThrownBy(() -> Network.of(8).dense(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dense has 0 units; need at least 1");
    }
}
