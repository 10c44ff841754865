package org.cellstream.learn;

import static org.assertj.core.api.Assertions.assertThat;

import org.cellstream.config.OptimiserConfig;
import org.junit.jupiter.api.Test;

class RecordsTest {

    @Test
    void windowKeepsItsOwnNumbers() {
        float[] inputs = {1, 2};
        Window window = new Window(inputs, new float[1], new float[1], new float[2], 3);
        Window same = new Window(inputs, new float[1], new float[1], new float[2], 3);

        inputs[0] = 5;

        assertThat(window.inputs()).containsExactly(1, 2);
        assertThat(window)
                .isEqualTo(same)
                .hasSameHashCodeAs(same)
                .isNotEqualTo(new Window(inputs, new float[1], new float[1], new float[2], 3))
                .hasToString("Window[1 steps, 2 inputs, 1 labels, previous 3]");
    }

    @Test
    void stateKeepsItsOwnNumbers() {
        float[] weights = {1, 2};
        LearnerState state =
                new LearnerState(OptimiserConfig.Kind.ADAM, weights, new float[2], new float[2], 7);
        LearnerState same =
                new LearnerState(OptimiserConfig.Kind.ADAM, weights, new float[2], new float[2], 7);

        weights[0] = 5;

        assertThat(state.weights()).containsExactly(1, 2);
        assertThat(state)
                .isEqualTo(same)
                .hasSameHashCodeAs(same)
                .isNotEqualTo(
                        new LearnerState(
                                OptimiserConfig.Kind.ADAM, weights, new float[2], new float[2], 7))
                .hasToString("LearnerState[2 weights, 7 steps of adam]");
    }

    @Test
    void resultsAreEqualByTheirNumbers() {
        MinibatchResult result = new MinibatchResult(1, 2, new float[][] {{3}}, true);
        MinibatchResult same = new MinibatchResult(1, 2, new float[][] {{3}}, true);

        MinibatchResult other = result.notApplied();

        assertThat(result).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
        assertThat(other)
                .hasToString("MinibatchResult[1 windows, loss 1.0, gradientNorm 2.0, not applied]");
    }
}
