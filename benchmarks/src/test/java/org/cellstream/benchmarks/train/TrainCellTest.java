package org.cellstream.benchmarks.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cellstream.learn.Window;
import org.junit.jupiter.api.Test;

class TrainCellTest {

    @Test
    void windowsHoldTheSameNumbersAsTheArrays() {
        TrainCell cell = new TrainCell(4, 3);

        List<Window> windows = cell.windows();

        float[] inputs = cell.inputs();
        float[] labels = cell.labels();
        assertThat(windows).hasSize(3);
        for (int row = 0; row < 3; row++) {
            for (int t = 0; t < TrainCell.STEPS; t++) {
                int step = t * 3 + row;
                assertThat(windows.get(row).labels()[t]).isEqualTo(labels[step]);
                assertThat(windows.get(row).inputs()[t * TrainCell.INPUTS + 1])
                        .isEqualTo(inputs[step * TrainCell.INPUTS + 1]);
            }
        }
    }

    @Test
    void outputsOfOursAreThoseOfItsWeights() {
        TrainCell cell = new TrainCell(4, 3);

        try (OurTraining training = new OurTraining(cell)) {
            float[] before = training.outputs();
            training.nanos(3);

            assertThat(before).containsExactly(OurTraining.outputs(cell, cell.weights()));
            assertThat(training.outputs()).isNotEqualTo(before);
        }
    }
}
