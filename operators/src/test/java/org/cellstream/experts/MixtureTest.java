package org.cellstream.experts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.cellstream.config.ExpertChoice;
import org.cellstream.config.ExpertName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MixtureTest {

    private static final int EVENTS = 300;

    /** The plain form: all losses of all events, weighed and summed anew at each. */
    @Test
    void weightsAreExponentialInDiscountedLosses() {
        TestingKey key = TestingKey.of(0, ExpertName.LAST, ExpertName.NETWORK);
        Random random = new Random(1);
        double[][] losses = new double[EVENTS][2];
        double mean = 0;
        double target = 0;
        double[] said = {};
        double mixed = 0;
        for (int t = 0; t < EVENTS; t++) {
            double before = target;
            target = Math.sin(t) + 0.3 * random.nextGaussian();
            if (t > 0) {
                double error = Math.abs(target - mixed);
                for (int i = 0; i < 2 && t > 1; i++) {
                    losses[t][i] =
                            Math.min(Math.abs(target - said[i]) / mean, t <= 30 ? t + 1 : 1e12);
                }
                mean += Math.max(1.0 / t, 0.02) * (error - mean);
            }
            double network = 0.8 * target + 0.2 * Math.sin(t + 1) + 0.1 * (target - before);

            mixed = key.next(target, network);

            said = key.told();
            double behind = 8 * Math.pow(0.995, Math.max(1, t));
            double share =
                    share(Math.exp(-0.25 * behind) * weight(losses, t, 0), weight(losses, t, 1));
            assertThat(said).containsExactly(target, network);
            assertThat(mixed).isCloseTo(share * target + (1 - share) * network, within(1e-9));
            assertThat(key.spoken.share()).isCloseTo(Math.max(share, 1 - share), within(1e-9));
            assertThat(key.spoken.speaker())
                    .isEqualTo(share >= 0.5 ? ExpertName.LAST : ExpertName.NETWORK);
        }
    }

    /** Of the first of two; a weight that is next to nothing beside the other's is nothing. */
    private static double share(double first, double second) {
        double nothing = Math.exp(-12) * Math.max(first, second);
        return first <= nothing ? 0 : second <= nothing ? 1 : first / (first + second);
    }

    private static double weight(double[][] losses, int now, int expert) {
        double sum = 0;
        for (int t = 0; t <= now; t++) {
            sum += Math.pow(0.995, now - t + 1) * losses[t][expert];
        }
        return Math.exp(-0.25 * sum);
    }

    @Test
    void bestFollowsTheExpertOfTheLeastLossOutright() {
        TestingKey key =
                new TestingKey(
                        TestingKey.config(
                                4, ExpertChoice.BEST, ExpertName.LAST, ExpertName.SEASONAL));
        double[] season = {1, 9, 4, 0};
        for (int t = 0; t < 40; t++) {
            double said = key.next(season[t % 4]);

            boolean bySeason = key.spoken.speaker() == ExpertName.SEASONAL;
            assertThat(said).isEqualTo(season[bySeason ? (t + 1) % 4 : t % 4]);
            assertThat(key.spoken.share()).isEqualTo(1);
            assertThat(bySeason).isEqualTo(t > 3);
        }
    }

    /** Here the one that could not say is right in all that it says: it need not catch up. */
    @Test
    void expertThatCouldNotSayIsJudgedAsTheMixtureMeanwhile() {
        TestingKey key = TestingKey.of(100, ExpertName.LAST, ExpertName.SEASONAL);
        Random random = new Random(2);
        double[] season = random.doubles(100).toArray();
        for (int t = 0; t < 99; t++) {
            key.next(season[t]);
        }
        key.next(season[99]);

        assertThat(key.spoken.share()).isCloseTo(0.5, within(0.01));
        for (int t = 100; t < 140; t++) {
            key.next(season[t % 100]);
        }
        assertThat(key.spoken.speaker()).isEqualTo(ExpertName.SEASONAL);
        assertThat(key.spoken.share()).isGreaterThan(0.99);
    }

    @ParameterizedTest
    @EnumSource(ExpertChoice.class)
    void networkThatHasGoneMadIsNotListenedTo(ExpertChoice follow) {
        TestingKey key =
                new TestingKey(TestingKey.config(0, follow, ExpertName.LAST, ExpertName.NETWORK));
        Random random = new Random(3);
        double target = 0;
        for (int t = 0; t < 200; t++) {
            target += random.nextGaussian();
            key.next(target, target + 0.01 * random.nextGaussian());
        }
        double worst = 0;
        for (int t = 0; t < 200; t++) {
            target += random.nextGaussian();
            double said = key.next(target, 1e300 * random.nextGaussian());
            worst = t < 1 ? 0 : Math.max(worst, Math.abs(said - target));
        }

        assertThat(worst).isZero();
        assertThat(key.spoken.speaker()).isEqualTo(ExpertName.LAST);
    }

    @Test
    void expertsThatAllStaySilentLeaveTheWordToTheNetwork() {
        TestingKey key = TestingKey.of(50, ExpertName.SEASONAL);

        assertThat(key.next(1, 42)).isEqualTo(42);
        assertThat(key.spoken.speaker()).isEqualTo(ExpertName.NETWORK);
        assertThat(key.spoken.share()).isEqualTo(1);
        assertThat(key.told()).containsExactly(Double.NaN);
    }

    @Test
    void networkAloneIsRepeatedToTheBit() {
        TestingKey key = TestingKey.of(0, ExpertName.NETWORK);
        Random random = new Random(4);
        for (int t = 0; t < 100; t++) {
            double network = 1e9 * random.nextGaussian();
            assertThat(key.next(random.nextGaussian(), network)).isEqualTo(network);
        }
    }

    /** The bound of the class's Javadoc, on losses that an adversary chooses. */
    @Test
    void regretStaysWithinItsBound() {
        Random random = new Random(5);
        int experts = 3;
        Mixture mixture = new Mixture(experts, false, 0);
        Calibration calibration = new Calibration(0, Mixture.size(experts));
        double[] memory = new double[Mixture.size(experts) + Calibration.SIZE];
        mixture.start(memory, 2);
        double[] regret = new double[experts];
        double most = 0;
        double reach = Double.POSITIVE_INFINITY;
        for (int t = 0; t < 20_000; t++) {
            for (int i = 0; i < experts; i++) {
                mixture.note(memory, i, random.nextInt(2) * (1 + i % 2));
            }
            double said = mixture.speak(memory, 0, reach);
            double target = said > 0.7 ? 0 : 1 + t / 3_000 % 2; // where it hurts
            double mean = calibration.mean(memory);
            for (int i = 0; i < experts && mean > 0 && t > 30; i++) {
                double of = Math.abs(target - memory[i]) / mean;
                double own = Math.abs(target - said) / mean;
                most = Math.max(most, Math.max(of, own));
                regret[i] = 0.995 * regret[i] + own - of;
            }
            mixture.meet(memory, target, target - said, calibration);
            calibration.meet(memory, target - said, 0);

            double bound = 8 + 4 * Math.log(experts) + 6.25 * most * most;
            // What the first 30 events left behind counts for less than one of them.
            assertThat(Arrays.stream(regret).max().orElseThrow()).isLessThan(bound + 30);
        }
        assertThat(most).isBetween(1.0, 30.0);
    }
}
