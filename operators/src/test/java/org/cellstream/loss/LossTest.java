package org.cellstream.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.cellstream.config.LossConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LossTest {

    /** Both are float64; what is left are the last digits of exp, log and gamma. */
    private static final double PYTORCH_TOLERANCE = 1e-8;

    /** Of a difference quotient of fourth order. */
    private static final double SLOPE_TOLERANCE = 1e-7;

    private static final double DELTA = 1e-3;

    /** A row that PyTorch computed; {@code pytorch_losses.py} made it. */
    record Row(String words, double[] outputs, double[] labels, double loss, double[] gradient) {

        float[] floats() {
            float[] floats = new float[labels.length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) labels[i];
            }
            return floats;
        }

        @Override
        public String toString() {
            return words + " of " + Arrays.toString(outputs);
        }
    }

    static List<Row> rows() throws IOException {
        try (InputStream in = LossTest.class.getResourceAsStream("losses.json")) {
            return List.of(new ObjectMapper().readValue(Objects.requireNonNull(in), Row[].class));
        }
    }

    private static Loss loss(String words) {
        return Loss.of(LossConfig.parse(words));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void lossAndGradientAreThoseOfPyTorch(Row row) {
        Loss loss = loss(row.words());
        double[] gradient = new double[row.outputs().length];

        double value = loss.row(row.outputs(), row.floats(), 0, gradient);

        assertThat(loss.labels(row.outputs().length)).isEqualTo(row.labels().length);
        assertThat(value).isCloseTo(row.loss(), within(bound(row.loss())));
        for (int k = 0; k < gradient.length; k++) {
            double expected = row.gradient()[k];
            assertThat(gradient[k]).as("of %d", k).isCloseTo(expected, within(bound(expected)));
        }
    }

    private static double bound(double expected) {
        return PYTORCH_TOLERANCE * (1 + Math.abs(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "mse; 3",
                "mae; 2",
                "huber(0.7); 3",
                "binary-cross-entropy; 2",
                "categorical-cross-entropy; 5",
                "quantile(0.5); 1",
                "quantile(0.05, 0.3, 0.5, 0.95); 4",
                "gaussian; 2",
                "student-t; 3"
            })
    void gradientIsTheSlopeOfTheLoss(String words, int outputs) {
        Loss loss = loss(words);
        Random random = new Random(11);
        for (int trial = 0; trial < 50; trial++) {
            double[] y = random.doubles(outputs, -3, 3).toArray();
            boolean classes = loss.target() == Loss.Target.CLASS;
            float[] labels = new float[loss.labels(outputs)];
            for (int k = 0; k < labels.length; k++) {
                // Beyond all outputs: a kink of a loss has no slope to compare with.
                labels[k] = classes ? random.nextInt(2) : (random.nextBoolean() ? 23 : -23);
            }
            double[] gradient = new double[outputs];

            loss.row(y, labels, 0, gradient);

            for (int k = 0; k < outputs; k++) {
                double slope = slope(loss, y, labels, k);
                assertThat(gradient[k])
                        .as("%s at %s, of %d", loss, Arrays.toString(y), k)
                        .isCloseTo(slope, within(SLOPE_TOLERANCE * (1 + Math.abs(slope))));
            }
        }
    }

    private static double slope(Loss loss, double[] y, float[] labels, int k) {
        double near = moved(loss, y, labels, k, DELTA) - moved(loss, y, labels, k, -DELTA);
        double far = moved(loss, y, labels, k, 2 * DELTA) - moved(loss, y, labels, k, -2 * DELTA);
        return (8 * near - far) / (12 * DELTA);
    }

    @SuppressWarnings("checkstyle:ParameterNumber") // of a difference quotient
    private static double moved(Loss loss, double[] y, float[] labels, int k, double delta) {
        double[] moved = y.clone();
        moved[k] += delta;
        return loss.row(moved, labels, 0, new double[y.length]);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "mse; 1",
                "mae; 1",
                "huber(0.7); 1",
                "binary-cross-entropy; 1",
                "categorical-cross-entropy; 3",
                "quantile(0.1, 0.5, 0.9); 3",
                "gaussian; 2",
                "student-t; 3"
            })
    void outputsOfAnySizeHaveAFiniteLossAndValues(String words, int outputs) {
        Loss loss = loss(words);
        double[] extremes = {-Float.MAX_VALUE, -1000, -40, 0, 40, 1000, Float.MAX_VALUE};
        for (int trial = 0; trial < Math.pow(extremes.length, outputs); trial++) {
            double[] y = new double[outputs];
            for (int k = 0, rest = trial; k < outputs; k++, rest /= extremes.length) {
                y[k] = extremes[rest % extremes.length];
            }
            double[] gradient = new double[outputs];

            double value = loss.row(y, new float[] {1, 1}, 0, gradient);

            assertThat(DoubleStream.concat(Arrays.stream(gradient), Arrays.stream(loss.values(y))))
                    .as(Arrays.toString(y))
                    .allMatch(Double::isFinite);
            assertThat(value).as(Arrays.toString(y)).isFinite();
        }
    }

    @Test
    void quantilesNeverCross() {
        Loss loss = loss("quantile(0.1, 0.2, 0.5, 0.9)");
        Random random = new Random(5);
        for (int trial = 0; trial < 1000; trial++) {
            double[] y = random.doubles(4, -100, 100).toArray();

            double[] values = loss.values(y);
            loss.toTarget(values, 1e6 * random.nextGaussian(), random.nextDouble());

            assertThat(values).isSorted();
        }
    }

    @Test
    void valuesOfDistributionsAreBroughtToTheUnitOfTheTarget() {
        Loss loss = loss("student-t");

        double[] values = loss.values(new double[] {0.5, 2, 1});
        double[] scaled = values.clone();
        loss.toTarget(scaled, 10, 4);

        assertThat(loss.names(3)).containsExactly("location", "scale", "degreesOfFreedom");
        assertThat(scaled).containsExactly(12, 4 * values[1], values[2]);
        assertThat(values[2]).isGreaterThan(2);
        assertThat(loss.point(scaled)).isEqualTo(12);
    }

    @Test
    void pointOfQuantilesIsTheOneNearestToTheMedian() {
        double[] values = {1, 2, 3};

        assertThat(loss("quantile(0.1, 0.4, 0.9)").point(values)).isEqualTo(2);
        assertThat(loss("quantile(0.1, 0.4, 0.6)").point(values)).isEqualTo(2);
        assertThat(loss("quantile(0.5, 0.7, 0.8)").point(values)).isEqualTo(1);
    }

    @Test
    void pointOfClassesIsTheLikeliest() {
        Loss three = loss("categorical-cross-entropy");
        Loss two = loss("binary-cross-entropy");

        double[] values = three.values(new double[] {-1, 2, 2});

        assertThat(Arrays.stream(values).sum()).isCloseTo(1, within(1e-15));
        assertThat(three.point(values)).isEqualTo(1);
        assertThat(two.point(two.values(new double[] {0.1}))).isEqualTo(1);
        assertThat(two.point(two.values(new double[] {-0.1}))).isZero();
    }

    @Test
    void onlyNumbersOfClassesAreLabelsOfClasses() {
        Loss loss = loss("categorical-cross-entropy");

        assertThat(loss.accepts(2, 3)).isTrue();
        assertThat(loss.accepts(3, 3)).isFalse();
        assertThat(loss.accepts(-1, 3)).isFalse();
        assertThat(loss.accepts(0.5f, 3)).isFalse();
        assertThat(loss.accepts(Float.NaN, 3)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "mse # 2 # the network has 2 outputs; the loss mse needs 1, so end it with dense(1)",
                "quantile(0.1, 0.9) # 1 # the network has 1 outputs; the loss quantile(0.1, 0.9) needs 2, so end it with dense(2)",
                "gaussian # 1 # the network has 1 outputs; the loss gaussian needs 2, so end it with dense(2)",
                "student-t # 2 # the network has 2 outputs; the loss student-t needs 3, so end it with dense(3)",
                "categorical-cross-entropy # 1 # the network has 1 outputs; the loss categorical-cross-entropy needs one for each class, at least 2"
            })
    void anotherNumberOfOutputsIsRefused(String words, int outputs, String message) {
        Loss loss = loss(words);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> loss.checkOneTarget(outputs))
                .withMessage(message);
    }
}
