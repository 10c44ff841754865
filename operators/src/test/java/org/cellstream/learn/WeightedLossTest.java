package org.cellstream.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.cellstream.config.LossConfig;
import org.cellstream.loss.Loss;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

class WeightedLossTest {

    private static final int ROWS = 6;
    private static final double ROUNDING = 1e-14;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "mse; 2",
                "mae; 2",
                "huber(0.7); 1",
                "binary-cross-entropy; 2",
                "categorical-cross-entropy; 3",
                "quantile(0.1, 0.5, 0.9); 3",
                "gaussian; 2",
                "student-t; 3"
            })
    void eachRowCountsByItsWeightAndLabelsOfMaskedOnesAreNotRead(String words, int outputs) {
        Loss loss = Loss.of(LossConfig.parse(words));
        int width = loss.labels(outputs);
        Random random = new Random(3);
        float[] weights = {1, 0, 0.3f, 2, 0, 1};
        float[] labels = new float[ROWS * width];
        try (Matrix y = Matrix.allocate(DataType.DOUBLE, ROWS, outputs);
                Matrix gradient = Matrix.allocate(DataType.DOUBLE, ROWS, outputs)) {
            for (int i = 0; i < ROWS * outputs; i++) {
                y.set(i, random.nextGaussian());
            }
            for (int i = 0; i < labels.length; i++) {
                labels[i] = weights[i / width] == 0 ? Float.NaN : random.nextInt(2);
            }
            gradient.fill(7);

            double sum = WeightedLoss.sum(loss, y, new Targets(labels, weights), 4.3, gradient);

            double expected = 0;
            for (int n = 0; n < ROWS; n++) {
                double[] row = new double[outputs];
                double[] slope = new double[outputs];
                for (int k = 0; k < outputs; k++) {
                    row[k] = y.get(n * outputs + k);
                }
                if (weights[n] > 0) {
                    expected += weights[n] * loss.row(row, labels, n * width, slope);
                }
                for (int k = 0; k < outputs; k++) {
                    assertThat(gradient.get(n * outputs + k))
                            .isCloseTo(weights[n] * slope[k] / 4.3, within(ROUNDING));
                }
            }
            assertThat(sum).isCloseTo(expected, within(ROUNDING)).isPositive();
        }
    }
}
