package org.cellstream.experts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.cellstream.config.ExpertName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each expert against a plain loop over all of a key's targets. */
class SimpleExpertsTest {

    private static final int EVENTS = 400;

    /** Seasons are kept as float32. */
    private static final double ROUNDING = 1e-4;

    @Test
    void lastAndSeasonalValueAndNetworkSayWhatTheyAreNamedAfter() {
        TestingKey key = TestingKey.of(7, ExpertName.LAST, ExpertName.SEASONAL, ExpertName.NETWORK);
        double[] targets = targets(1);
        for (int t = 0; t < EVENTS; t++) {
            key.next(targets[t], -t);

            double season = t < 6 ? Double.NaN : targets[t + 1 - 7];
            assertThat(key.told()).containsExactly(targets[t], season, -t);
        }
    }

    @ParameterizedTest
    @CsvSource({"4, false", "12, false", "4, true", "12, true"})
    void holtWintersIsThatOfItsEquations(int season, boolean factors) {
        ExpertName name =
                factors ? ExpertName.HOLT_WINTERS_MULTIPLICATIVE : ExpertName.HOLT_WINTERS;
        TestingKey key = TestingKey.of(season, name);
        double[] targets = targets(2);
        double[] expected = holtWinters(targets, season, factors);
        for (int t = 0; t < EVENTS; t++) {
            key.next(targets[t]);

            if (t < 2 * season - 1) {
                assertThat(key.told()[0]).isNaN();
            } else {
                assertThat(key.told()[0]).isCloseTo(expected[t], within(ROUNDING * expected[t]));
            }
        }
    }

    @Test
    void withoutASeasonHoltWintersIsHoltsLinearTrend() {
        TestingKey key = TestingKey.of(0, ExpertName.HOLT_WINTERS);
        double[] targets = targets(3);
        double level = targets[0];
        double trend = 0;
        for (int t = 0; t < EVENTS; t++) {
            key.next(targets[t]);

            if (t > 0) {
                double before = level;
                level = 0.3 * targets[t] + 0.7 * (level + trend);
                trend = 0.1 * (level - before) + 0.9 * trend;
            }
            assertThat(key.told()[0]).isEqualTo(level + trend);
        }
    }

    @Test
    void lineWithSeasonsIsForecastExactlyFromTheSecondSeasonOn() {
        TestingKey key = TestingKey.of(4, ExpertName.HOLT_WINTERS);
        double[] parts = {3, -1, 2, -4};
        for (int t = 0; t < 40; t++) {
            key.next(1000 + 0.5 * t + parts[t % 4]);

            if (t >= 7) {
                double next = 1000 + 0.5 * (t + 1) + parts[(t + 1) % 4];
                assertThat(key.told()[0]).isCloseTo(next, within(1e-5));
            }
        }
    }

    @Test
    void factorsStartAnewAfterAValueThatIsNotPositive() {
        TestingKey key = TestingKey.of(4, ExpertName.HOLT_WINTERS_MULTIPLICATIVE);
        double[] targets = targets(4);
        TestingKey later = TestingKey.of(4, ExpertName.HOLT_WINTERS_MULTIPLICATIVE);
        for (int t = 0; t < 100; t++) {
            key.next(targets[t]);
        }

        key.next(0);

        assertThat(key.told()[0]).isNaN();
        for (int t = 100; t < 150; t++) {
            key.next(targets[t]);
            later.next(targets[t]);
            assertThat(key.told()).isEqualTo(later.told());
        }
    }

    @Test
    void autoRegressionFindsAnAutoRegression() {
        TestingKey key = TestingKey.of(0, ExpertName.AR);
        Random random = new Random(5);
        double one = 0;
        double two = 0;
        double error = 0;
        double least = 0;
        for (int t = 0; t < 6_000; t++) {
            double expected = 5 + 1.2 * (one - 5) - 0.7 * (two - 5);
            double said = key.told().length == 0 ? Double.NaN : key.told()[0];
            double target = expected + random.nextGaussian();
            if (t >= 1_000) {
                error += Math.abs(target - said);
                least += Math.abs(target - expected);
            }
            two = one;
            one = target;
            key.next(target);
        }

        assertThat(error / least).isBetween(1.0, 1.02);
    }

    @Test
    void autoRegressionWaitsForTwentyTargetsThatVary() {
        TestingKey key = TestingKey.of(0, ExpertName.AR);
        for (int t = 0; t < 30; t++) {
            key.next(5);
            assertThat(key.told()[0]).isNaN();
        }
        TestingKey varying = TestingKey.of(0, ExpertName.AR);
        double[] targets = targets(6);
        for (int t = 0; t < 30; t++) {
            varying.next(targets[t]);
            assertThat(Double.isNaN(varying.told()[0])).isEqualTo(t < 19);
        }
    }

    /** What moves the target is known to the network, but half of it, and too late by a target. */
    @Test
    void readoutMendsANetworkThatIsWrongInAWayThatStays() {
        TestingKey key = TestingKey.of(0, ExpertName.NETWORK, ExpertName.READOUT);
        Random random = new Random(7);
        double error = 0;
        double ofNetwork = 0;
        double target = 0;
        for (int t = 0; t < 3_000; t++) {
            double signal = random.nextGaussian();
            key.next(target, target + 0.5 * signal - 2);
            target += signal + 0.1 * random.nextGaussian();
            if (t > 500) {
                ofNetwork += Math.abs(target - key.told()[0]);
                error += Math.abs(target - key.told()[1]);
            }
        }

        assertThat(error / ofNetwork).isLessThan(0.06);
    }

    @Test
    void readoutKnowsTheSeason() {
        TestingKey key = TestingKey.of(6, ExpertName.READOUT);
        Random random = new Random(8);
        double error = 0;
        for (int t = 0; t < 2_000; t++) {
            double target = 10 * Math.sin(2 * Math.PI * t / 6) + 0.1 * random.nextGaussian();
            if (t > 200) {
                error += Math.abs(target - key.told()[0]) / 1_800;
            }
            key.next(target);
        }

        assertThat(error).isLessThan(0.2);
    }

    /** Targets above 0 with a season, a trend and noise. */
    static double[] targets(int seed) {
        Random random = new Random(seed);
        double[] targets = new double[EVENTS];
        for (int t = 0; t < EVENTS; t++) {
            double season = 1 + 0.3 * Math.sin(Math.PI * t / 2);
            targets[t] = (50 + 0.1 * t) * season + random.nextGaussian();
        }
        return targets;
    }

    /** Forecasts of the next target at each; 0 in the first two seasons. */
    private static double[] holtWinters(double[] y, int m, boolean factors) {
        double first = mean(y, 0, m);
        double second = mean(y, m, m);
        double trend = (second - first) / m;
        double middle = (first + second) / 2;
        double[] s = new double[m];
        for (int i = 0; i < m; i++) {
            double line = middle + trend * (i + m / 2.0 - (m - 0.5));
            double both = (y[i] + y[i + m]) / 2;
            s[i] = factors ? both / line : both - line;
        }
        double level = middle + trend * (m - 0.5);
        double[] forecasts = new double[y.length];
        for (int t = 2 * m - 1; t < y.length; t++) {
            if (t >= 2 * m) {
                double old = s[t % m];
                double before = level;
                level = 0.3 * (factors ? y[t] / old : y[t] - old) + 0.7 * (level + trend);
                trend = 0.1 * (level - before) + 0.9 * trend;
                s[t % m] = 0.6 * (factors ? y[t] / level : y[t] - level) + 0.4 * old;
            }
            double part = s[(t + 1) % m];
            forecasts[t] = factors ? (level + trend) * part : level + trend + part;
        }
        return forecasts;
    }

    private static double mean(double[] y, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += y[i];
        }
        return sum / count;
    }
}
