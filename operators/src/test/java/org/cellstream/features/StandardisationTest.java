package org.cellstream.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleSupplier;
import org.cellstream.config.StandardisationConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardisationTest {

    /** Rows are floats: relative error 6e-8, of values up to 6. */
    private static final double FLOAT_ROUNDING = 1e-6;

    private static final int EVENTS = 5_000;

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.1, 0.002, 1e-9})
    void equalsWeightedMeanAndDeviationOfAllValues(double rate) {
        var config = new StandardisationConfig(rate, 100);
        TestingKey key = TestingKey.of("x", config);
        Random random = new Random(1);
        double[] values = random.doubles(600, -5, 20).toArray();

        for (int n = 1; n <= values.length; n++) {
            key.accept(values[n - 1]);

            assertThat((double) key.row[0])
                    .as("event %d", n)
                    .isEqualTo(reference(values, n, rate), within(FLOAT_ROUNDING * 10));
        }
    }

    /**
     * The same from its definition: the weights of all values so far, then mean and deviation in
     * two passes.
     */
    private static double reference(double[] values, int n, double rate) {
        double[] weights = new double[n];
        for (int i = 1; i <= n; i++) {
            double weight = Math.max(1.0 / i, rate);
            for (int j = 0; j < i - 1; j++) {
                weights[j] *= 1 - weight;
            }
            weights[i - 1] = weight;
        }
        double mean = 0;
        double variance = 0;
        for (int i = 0; i < n; i++) {
            mean += weights[i] * values[i];
        }
        for (int i = 0; i < n; i++) {
            variance += weights[i] * (values[i] - mean) * (values[i] - mean);
        }
        return variance < 1e-20 ? 0 : (values[n - 1] - mean) / Math.sqrt(variance);
    }

    @Test
    void firstEventGivesZero() {
        TestingKey key = TestingKey.of("x");

        key.accept(123.456);

        assertThat(key.row).containsExactly(0);
        assertThat(key.pipeline.changeScale(key.memory)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {0, 0.1, -7, 1e9 + 0.1, 1e300, 1e-300, Double.MAX_VALUE, Double.MIN_VALUE})
    void constantSeriesGivesZero(double constant) {
        TestingKey key = TestingKey.of("x");

        for (int i = 0; i < EVENTS; i++) {
            key.accept(constant);

            assertThat(key.row[0]).isZero();
        }

        assertThat(key.pipeline.changeScale(key.memory)).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 1e9 + 0.1, -1e300})
    void seriesThatBecomesConstantEndsAtZero(double constant) {
        TestingKey key = TestingKey.of("x", new StandardisationConfig(0.05, 6));
        key.accept(3);
        key.accept(5e8);

        for (int i = 0; i < 100_000; i++) {
            key.accept(constant);
        }

        assertThat(key.row[0]).isZero();
        assertThat(key.pipeline.changeScale(key.memory)).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-3, 1e-5})
    void smallVariationAroundLargeValuesIsStandardised(double deviation) {
        TestingKey key = TestingKey.of("x");
        Random random = new Random(2);
        DoubleSupplier values = () -> 1e9 + deviation * random.nextGaussian();

        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 2 * EVENTS; i++) {
            key.accept(values.getAsDouble());
            sum += key.row[0];
            squares += key.row[0] * key.row[0];
        }

        assertThat(sum / (2 * EVENTS)).isEqualTo(0, within(0.05));
        assertThat(squares / (2 * EVENTS)).isEqualTo(1, within(0.05));
    }

    /** Each step of this drift moves the mean by less than its last bit. */
    @Test
    void slowDriftOfLargeValuesIsFollowed() {
        TestingKey key = TestingKey.of("x");
        double lastBit = Math.ulp(1e9);

        for (int i = 0; i < 20_000; i++) {
            key.accept(1e9 + (i % 2) * 8 * lastBit + (i < 2_000 ? 0 : 16 * lastBit));
        }

        assertThat((double) key.row[0]).isEqualTo(1, within(0.05));
    }

    @Test
    void hugeAndTinyValuesGiveFiniteRowsAndMemory() {
        double[] extremes = {
            1e300, -1e300, Double.MAX_VALUE, -Double.MAX_VALUE, 1, 0, -0.0, 1e-300, Double.MIN_VALUE
        };
        Random random = new Random(3);

        for (int series = 0; series < 500; series++) {
            TestingKey key = TestingKey.of("x", new StandardisationConfig(random.nextDouble(), 6));
            for (int i = 0; i < 50; i++) {
                key.accept(extremes[random.nextInt(extremes.length)]);

                assertThat(Math.abs(key.row[0])).isLessThanOrEqualTo(6);
                for (double remembered : key.memory) {
                    assertThat(Double.isFinite(remembered)).isTrue();
                }
            }
            assertThat(key.pipeline.changeScale(key.memory)).isNotNegative();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1000, -600, 600, 1000})
    void scaleOfValuesDoesNotMatter(int exponent) {
        TestingKey plain = TestingKey.of("x");
        TestingKey scaled = TestingKey.of("x");
        Random random = new Random(4);

        for (int i = 0; i < EVENTS; i++) {
            double value = random.nextGaussian() + 3;
            plain.accept(value);
            scaled.accept(Math.scalb(value, exponent));

            assertThat(scaled.row).containsExactly(plain.row);
        }
    }

    @Test
    void changeScaleOfTargetThatStandsStillIsZeroLongBeforeItUnderflows() {
        TestingKey key = TestingKey.of("x");
        key.accept(0);

        for (int i = 0; i < 50_000; i++) {
            key.accept(1e9);
        }

        assertThat(key.pipeline.changeScale(key.memory)).isZero();
    }

    @Test
    void outliersAreCutToTheClip() {
        TestingKey key = TestingKey.of("x", new StandardisationConfig(0.002, 2.5));
        for (int i = 0; i < 1_000; i++) {
            key.accept(i % 2);
        }

        key.accept(1e6);
        float above = key.row[0];
        key.accept(-1e9);
        float below = key.row[0];

        assertThat(above).isEqualTo(2.5f);
        assertThat(below).isEqualTo(-2.5f);
    }

    @Test
    void changeScaleIsRootMeanSquareOfTheTargetsChanges() {
        TestingKey key = TestingKey.of("x", new StandardisationConfig(1e-9, 6));

        key.accept(5);
        key.accept(8);
        key.accept(4);

        assertThat(key.pipeline.changeScale(key.memory))
                .isEqualTo(Math.sqrt((3 * 3 + 4 * 4) / 2.0), within(1e-12));
    }
}
