package org.cellstream.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.cellstream.model.KeyedRunner;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;
import org.junit.jupiter.api.Test;

class PeerCellTest {

    private static final int INPUTS = 8;
    private static final int HIDDEN = 4;
    private static final String NETWORK = "lstm(4) dense(1)";

    /** Its gates are not ours to the last bit. */
    private static final Offset<Float> TOLERANCE = Offset.offset(1e-5f);

    private static double[] numbers(int step) {
        double[] numbers = new double[INPUTS];
        for (int i = 0; i < INPUTS; i++) {
            numbers[i] = Math.sin(step + i);
        }
        return numbers;
    }

    @Test
    void onnxRuntimeStepsTheSameCellAsOurs() throws Exception {
        KeyedRunner ours = new KeyedRunner(Weights.seeded(Network.parse(NETWORK, INPUTS), 1));
        float[] state = new float[2 * HIDDEN];

        try (OnnxCell cell = new OnnxCell(NETWORK, INPUTS, HIDDEN)) {
            for (int step = 0; step < 3; step++) {
                double[] numbers = numbers(step);
                float[] row = new float[INPUTS];
                for (int i = 0; i < INPUTS; i++) {
                    row[i] = (float) numbers[i];
                }
                float expected = ours.step("key", row)[0];

                assertThat(cell.step(numbers, state)).isCloseTo(expected, TOLERANCE);
            }
        }
    }

    @Test
    void dl4jGoesOnFromTheStateThatItIsGiven() {
        float[] straight = new float[2 * HIDDEN];
        float[] other = new float[2 * HIDDEN];

        try (Dl4jCell cell = new Dl4jCell(INPUTS, HIDDEN)) {
            cell.step(numbers(0), straight);
            float[] kept = straight.clone();
            float next = cell.step(numbers(1), straight);
            cell.step(numbers(5), other);

            assertThat(cell.step(numbers(1), kept)).isEqualTo(next);
            assertThat(kept).containsExactly(straight);
            assertThat(kept).isNotEqualTo(other);
        }
    }
}
