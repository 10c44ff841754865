package org.cellstream.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.cellstream.config.Scaling;
import org.cellstream.config.StandardisationConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScalingTest {

    private static final int EVENTS = 4_000;

    @Test
    void meanScalingDividesByTheMeanOfAbsoluteValues() {
        TestingKey key = TestingKey.of("x", new StandardisationConfig(Scaling.MEAN, 1e-9, 100));
        double[] values = new Random(1).doubles(500, -3, 9).toArray();

        for (int n = 1; n <= values.length; n++) {
            key.accept(values[n - 1]);
            double mean = Arrays.stream(values, 0, n).map(Math::abs).average().orElseThrow();

            assertThat((double) key.row[0]).isEqualTo(values[n - 1] / mean, within(1e-5));
        }
    }

    @Test
    void robustScalingOfNormalValuesIsStandardisation() {
        TestingKey key = scaled(Scaling.ROBUST);
        Random random = new Random(2);
        double sum = 0;
        double squares = 0;

        for (int i = 0; i < EVENTS; i++) {
            key.accept(50 + 4 * random.nextGaussian());
            if (i >= EVENTS / 2) {
                sum += key.row[0];
                squares += (double) key.row[0] * key.row[0];
            }
        }

        assertThat(sum / (EVENTS / 2)).isEqualTo(0, within(0.1));
        assertThat(Math.sqrt(squares / (EVENTS / 2))).isEqualTo(1, within(0.1));
    }

    @Test
    void outliersDoNotMoveRobustScaling() {
        TestingKey spoiled = scaled(Scaling.ROBUST);
        TestingKey clean = scaled(Scaling.ROBUST);
        Random random = new Random(3);

        for (int i = 0; i < EVENTS; i++) {
            double value = random.nextGaussian();
            clean.accept(value);
            spoiled.accept(i % 50 == 20 ? 1e12 : value);
        }
        clean.accept(1);
        spoiled.accept(1);

        assertThat(spoiled.row[0]).isEqualTo(clean.row[0], within(0.15f));
    }

    @Test
    void noScalingLeavesValuesAsTheyAre() {
        TestingKey key = scaled(Scaling.NONE);

        key.accept(1234.5);
        assertThat(key.row[0]).isEqualTo(1234.5f);
        key.accept(-1e300);
        assertThat(key.row[0]).isEqualTo(-Float.MAX_VALUE);
    }

    @ParameterizedTest
    @EnumSource(Scaling.class)
    void inputsAreAlwaysFinite(Scaling scaling) {
        TestingKey key = scaled(scaling);
        double[] values = {
            0, 0, 1e300, -1e300, Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, 0, 5, 5, 5
        };

        for (int i = 0; i < EVENTS; i++) {
            key.accept(values[i % values.length]);

            assertThat(key.row[0]).isFinite();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Scaling.class,
            names = {"STANDARD", "ROBUST"})
    void constantSeriesGivesZero(Scaling scaling) {
        TestingKey key = scaled(scaling);

        for (int i = 0; i < 100; i++) {
            key.accept(1e9 + 0.1);

            assertThat(key.row[0]).isZero();
        }
    }

    private static TestingKey scaled(Scaling scaling) {
        return TestingKey.of("x", new StandardisationConfig(scaling, 0.002, 6));
    }
}
