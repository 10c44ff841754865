package org.cellstream.experts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.cellstream.config.ExpertName;
import org.cellstream.config.ExpertsConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * On no stream is the mixture much worse than the best simple method, although the network knows
 * nothing: it repeats the last target.
 */
class GeneratedStreamsTest {

    private static final int KEYS = 20;
    private static final int EVENTS = 5_000;
    private static final int TENTHS = 10;
    private static final double MOST = 1.02;
    private static final double OF_SCALE = 1e-6;

    @ParameterizedTest
    @EnumSource
    void mixtureIsHardlyWorseThanTheBestSimpleMethod(GeneratedStreams stream) {
        ExpertsConfig config =
                ExpertsConfig.all(stream.seasonal() ? GeneratedStreams.SEASON_LENGTH : 0)
                        .tell(true);
        double[] errors = new double[config.experts().size()];
        double mixture = 0;
        double scale = 0;
        for (int seed = 0; seed < KEYS; seed++) {
            TestingKey key = new TestingKey(config);
            double[] targets = stream.targets(EVENTS, seed);
            for (int t = 0; t < EVENTS; t++) {
                if (t > 0) {
                    mixture += Math.abs(targets[t] - key.spoken.value());
                    scale += Math.abs(targets[t]);
                    add(errors, key.told(), targets[t], targets[t - 1]);
                }
                key.next(targets[t]);
                assertThat(key.spoken.value()).isFinite();
            }
        }

        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < errors.length; i++) {
            ExpertName name = config.experts().get(i);
            boolean simple = name != ExpertName.NETWORK && name != ExpertName.READOUT;
            best = simple ? Math.min(best, errors[i]) : best;
        }
        assertThat(mixture)
                .as("%s: best %s", stream, best)
                .isLessThan(MOST * best + OF_SCALE * scale);
    }

    /** One that never errs any more holds all of them. */
    @ParameterizedTest
    @EnumSource
    void intervalsHoldWhatTheyPromiseInEveryTenthOfTheTime(GeneratedStreams stream) {
        double[] covered = new double[TENTHS];
        double all = 0;
        for (int seed = 0; seed < KEYS; seed++) {
            TestingKey key = new TestingKey(ExpertsConfig.all(0));
            double[] targets = stream.targets(EVENTS, seed);
            for (int t = 0; t < EVENTS; t++) {
                key.next(targets[t]);
                if (key.experts.judged() && key.experts.covered()) {
                    covered[t * TENTHS / EVENTS] += 1.0 * TENTHS / (EVENTS * KEYS);
                    all += 1.0 / (EVENTS * KEYS);
                }
            }
        }

        boolean errs =
                stream != GeneratedStreams.CONSTANT && stream != GeneratedStreams.DYING_SENSOR;
        assertThat(all).isBetween(0.88, errs ? 0.92 : 1);
        for (double tenth : covered) {
            assertThat(tenth).as(Arrays.toString(covered)).isBetween(0.85, errs ? 0.95 : 1);
        }
    }

    /** One that cannot say repeats the last target. */
    private static void add(double[] errors, double[] told, double target, double last) {
        for (int i = 0; i < errors.length; i++) {
            errors[i] += Math.abs(target - (Double.isNaN(told[i]) ? last : told[i]));
        }
    }
}
