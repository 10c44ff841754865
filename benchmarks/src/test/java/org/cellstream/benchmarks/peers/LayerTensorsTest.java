package org.cellstream.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;
import org.junit.jupiter.api.Test;

class LayerTensorsTest {

    private final LayerTensors tensors = new LayerTensors(numbered());

    /** One input, two units: gates i, f, g, o of the inputs are 0 to 7, the biases from 24 on. */
    private static Weights numbered() {
        Network network = Network.of(1).lstm(2);
        float[] values = new float[network.parameters().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        return new Weights(network, values);
    }

    @Test
    void turnsATensorWithItsGatesInAnotherOrder() {
        assertThat(tensors.get("lstm.weight_ih_l0")).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(tensors.byInput("lstm.weight_ih_l0", 2, 2, 1, 3, 0))
                .containsExactly(4, 5, 2, 3, 6, 7, 0, 1);
        // Over h: gate by gate the rows [8, 9], [10, 11] and so on become columns.
        assertThat(tensors.byInput("lstm.weight_hh_l0", 2, 0, 3))
                .containsExactly(8, 10, 20, 22, 9, 11, 21, 23);
        assertThat(tensors.byInput("lstm.bias_ih_l0", 2, 1)).containsExactly(26, 27);
    }

    @Test
    void knowsWhichTensorsThereAre() {
        assertThat(tensors.has("lstm.bias_ih_l0")).isTrue();
        assertThat(tensors.has("lstm.bias_hh_l0")).isFalse();
        assertThatThrownBy(() -> tensors.get("lstm.bias_hh_l0"))
                .hasMessageContaining("lstm.bias_hh_l0");
    }
}
