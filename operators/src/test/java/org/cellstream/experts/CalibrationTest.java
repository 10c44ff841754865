package org.cellstream.experts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Intervals hold the part of targets that they promise, and anomaly scores are probabilities. */
class CalibrationTest {

    private static final int TENTHS = 10;
    private static final int EVENTS = 20_000;

    /** Errors of a kind, each at its event. */
    private static IntToDoubleFunction errors(String kind, Random random) {
        return switch (kind) {
            case "normal" -> t -> random.nextGaussian();
            case "exponential" -> t -> Math.log(random.nextDouble());
            case "uniform" -> t -> random.nextDouble() - 0.5;
            case "growing" -> t -> random.nextGaussian() * Math.exp(t / 1_000.0);
            case "shrinking" -> t -> random.nextGaussian() * Math.exp(-t / 1_000.0);
            case "daily" -> t -> random.nextGaussian() * (1.5 + Math.sin(t / 24.0));
            case "jumping" -> t -> random.nextGaussian() * (t / 1_000 % 2 == 0 ? 1 : 20);
            case "heavy" -> t -> random.nextGaussian() / Math.sqrt(random.nextDouble());
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "normal",
                "exponential",
                "uniform",
                "growing",
                "shrinking",
                "daily",
                "jumping",
                "heavy"
            })
    void nineTenthsAreCoveredInEveryTenthOfTheTime(String kind) {
        double[] covered = covered(0.9, errors(kind, new Random(1)));

        double all = 0;
        for (double tenth : covered) {
            assertThat(tenth).as(kind).isBetween(0.87, 0.93);
            all += tenth / TENTHS;
        }
        assertThat(all).isCloseTo(0.9, within(0.01));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.8, 0.95, 0.99})
    void otherCoveragesAreKeptToo(double coverage) {
        double[] covered = covered(coverage, errors("normal", new Random(2)));

        for (double tenth : covered) {
            assertThat(tenth).isCloseTo(coverage, within(0.03));
        }
    }

    private static double[] covered(double coverage, IntToDoubleFunction errors) {
        Calibration calibration = new Calibration(coverage, 0);
        double[] memory = new double[Calibration.SIZE];
        calibration.start(memory);
        double[] covered = new double[TENTHS];
        for (int t = 0; t < EVENTS; t++) {
            double width = calibration.halfWidth(memory);
            double error = errors.applyAsDouble(t);
            calibration.meet(memory, error, 0);
            assertThat(calibration.judged()).isEqualTo(t >= 10);
            if (calibration.judged()) {
                assertThat(calibration.covered()).isEqualTo(Math.abs(error) <= width);
                covered[t * TENTHS / EVENTS] += calibration.covered() ? 1.0 * TENTHS / EVENTS : 0;
            }
        }
        return covered;
    }

    /** As many scores are below p as p says, within this factor. */
    @ParameterizedTest
    @CsvSource({
        "normal, 0.5, 1.25",
        "normal, 0.1, 1.15",
        "normal, 0.01, 1.3",
        "normal, 0.001, 2",
        "exponential, 0.5, 1.25",
        "exponential, 0.1, 1.15",
        "exponential, 0.01, 1.3",
        "exponential, 0.001, 2",
        "daily, 0.1, 1.15",
        "daily, 0.01, 1.4",
        "heavy, 0.1, 1.15",
        "heavy, 0.01, 1.5"
    })
    void anomalyScoreIsTheProbabilityOfSuchAnError(String kind, double p, double factor) {
        Calibration calibration = new Calibration(0.9, 0);
        double[] memory = new double[Calibration.SIZE];
        calibration.start(memory);
        IntToDoubleFunction errors = errors(kind, new Random(3));
        int events = 200_000;
        int below = 0;
        for (int t = 0; t < events; t++) {
            calibration.meet(memory, errors.applyAsDouble(t), 0);
            below += calibration.anomaly() <= p ? 1 : 0;
        }

        assertThat(below / (p * events)).isBetween(1 / factor, factor);
    }

    @Test
    void keyThatNeverErredFindsTheFirstErrorVeryUnlikelyAndNoErrorLikely() {
        Calibration calibration = new Calibration(0.9, 0);
        double[] memory = new double[Calibration.SIZE];
        calibration.start(memory);
        for (int t = 0; t < 50; t++) {
            calibration.meet(memory, 0, 0);
        }
        assertThat(calibration.anomaly()).isEqualTo(1);
        assertThat(calibration.covered()).isTrue();
        assertThat(calibration.halfWidth(memory)).isZero();

        calibration.meet(memory, 1e-3, 0);

        assertThat(calibration.anomaly()).isBetween(Double.MIN_VALUE, 1e-300);
        assertThat(calibration.covered()).isFalse();
        assertThat(calibration.halfWidth(memory)).isPositive();
    }

    @Test
    void silenceOfYearsIsNotPaidBackForYears() {
        Calibration calibration = new Calibration(0.9, 0);
        double[] memory = new double[Calibration.SIZE];
        calibration.start(memory);
        Random random = new Random(4);
        for (int t = 0; t < 1_000; t++) {
            calibration.meet(memory, random.nextGaussian(), 1);
        }
        for (int t = 0; t < 1_000_000; t++) {
            calibration.meet(memory, 0, 0);
        }

        int covered = 0;
        for (int t = 0; t < 1_000; t++) {
            calibration.meet(memory, random.nextGaussian(), 1);
            covered += calibration.covered() ? 1 : 0;
        }

        assertThat(covered).isBetween(830, 950);
    }

    @Test
    void withoutCoverageThereIsNeitherIntervalNorScore() {
        Calibration calibration = new Calibration(0, 0);
        double[] memory = new double[Calibration.SIZE];
        calibration.start(memory);
        for (int t = 0; t < 50; t++) {
            calibration.meet(memory, t % 7, 0);
        }

        assertThat(calibration.halfWidth(memory)).isNaN();
        assertThat(calibration.anomaly()).isNaN();
        assertThat(calibration.judged()).isFalse();
        assertThat(calibration.mean(memory)).isPositive();
    }
}
