package org.cellstream.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WeightsTest {

    private static final Network NETWORK = Network.of(8).lstm(32).dense(3);
    private static final Weights WEIGHTS = Weights.seeded(NETWORK, 42);

    /** Orthogonal in double, then rounded to float. */
    private static final double ROUNDING = 1e-6;

    @Test
    void weightsOfAnotherSizeAreRefused() {
        assertThatThrownBy(() -> new Weights(Network.of(2).dense(1), new float[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weights have 4 floats; dense(1) over 2 inputs takes 3");
    }

    @Test
    void equalNumbersMakeEqualWeights() {
        Weights same = new Weights(NETWORK, WEIGHTS.values().clone());

        assertThat(same).isEqualTo(WEIGHTS).hasSameHashCodeAs(WEIGHTS);
        assertThat(same).isNotEqualTo(Weights.seeded(NETWORK, 43));
        assertThat(same).hasToString("Weights[lstm(32) dense(3) over 8 inputs, 5347 floats]");
    }

    @Test
    void seedGivesTheSameNumbersForEver() {
        Weights weights = Weights.seeded(Network.of(1).lstm(1).dense(1), 2);

        assertThat(weights.values())
                .containsExactly(
                        0.8634286f,
                        1.5911806f,
                        -0.60784096f,
                        1.5735525f,
                        -1,
                        -1,
                        1,
                        -1,
                        0,
                        1,
                        0,
                        0,
                        -1.1354475f,
                        0);
    }

    @Test
    void layersDrawTheSameWhateverElseThereIs() {
        Weights taller = Weights.seeded(Network.of(8).lstm(32).lstm(3), 42);

        assertThat(tensor(taller, "lstm.weight_ih_l0")).isEqualTo(tensor("lstm.weight_ih_l0"));
        assertThat(tensor(taller, "lstm.weight_hh_l0")).isEqualTo(tensor("lstm.weight_hh_l0"));
    }

    @Test
    void inputWeightsFillGlorotsRange() {
        assertFills(tensor("lstm.weight_ih_l0"), Math.sqrt(6.0 / (8 + 32)));
        assertFills(tensor("dense.weight"), Math.sqrt(6.0 / (32 + 3)));
    }

    private static void assertFills(float[] values, double limit) {
        double sum = 0;
        double squares = 0;
        double largest = 0;
        for (float value : values) {
            sum += value;
            squares += value * value;
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).isBetween(0.9 * limit, limit);
        assertThat(sum / values.length).isCloseTo(0, within(0.1 * limit));
        assertThat(squares / values.length)
                .as("variance of a uniform distribution")
                .isCloseTo(limit * limit / 3, within(0.1 * limit * limit));
    }

    @Test
    void recurrentWeightsAreOrthogonalGateByGate() {
        float[] values = tensor("lstm.weight_hh_l0");

        for (int gate = 0; gate < 4; gate++) {
            for (int a = 0; a < 32; a++) {
                for (int b = 0; b < 32; b++) {
                    double dot = 0;
                    for (int k = 0; k < 32; k++) {
                        dot +=
                                (double) values[(gate * 32 + a) * 32 + k]
                                        * values[(gate * 32 + b) * 32 + k];
                    }
                    assertThat(dot).isCloseTo(a == b ? 1 : 0, within(ROUNDING));
                }
            }
        }
    }

    @Test
    void onlyForgetGatesHaveABias() {
        float[] bias = tensor("lstm.bias_ih_l0");

        assertThat(Arrays.copyOfRange(bias, 0, 32)).containsOnly(0);
        assertThat(Arrays.copyOfRange(bias, 32, 64)).containsOnly(1);
        assertThat(Arrays.copyOfRange(bias, 64, 128)).containsOnly(0);
        assertThat(tensor("dense.bias")).containsOnly(0);
    }

    @Test
    void embeddingsAreNormalAndLayerNormChangesNothingElse() {
        Weights weights = Weights.seeded(Network.parse("embedding(500, 8) layernorm", 1), 3);

        float[] embedding = tensor(weights, "embedding.weight");
        double squares = 0;
        for (float value : embedding) {
            squares += value * value;
        }
        assertThat(squares / embedding.length).isCloseTo(1, within(0.05));
        assertThat(tensor(weights, "layernorm.weight")).hasSize(8).containsOnly(1);
        assertThat(tensor(weights, "layernorm.bias")).hasSize(8).containsOnly(0);
    }

    private static float[] tensor(String name) {
        return tensor(WEIGHTS, name);
    }

    private static float[] tensor(Weights weights, String name) {
        Parameters parameters = weights.network().parameters();
        int offset = parameters.offset(name);
        for (Parameter parameter : parameters.list()) {
            if (parameter.name().equals(name)) {
                return Arrays.copyOfRange(weights.values(), offset, offset + parameter.size());
            }
        }
        throw new IllegalArgumentException(name);
    }
}
