package org.cellstream.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.cellstream.config.RateConfig;
import org.cellstream.config.TimingConfig;
import org.junit.jupiter.api.Test;

class TrainingRateTest {

    private static final TimingConfig SECONDS = TimingConfig.byEpoch(Duration.ofSeconds(1));
    private static final int STEPS = 20;

    private long now;

    private TrainingRate<String> rate(String text, RateState restored) {
        return new TrainingRate<>(
                RateConfig.parse(text),
                SECONDS,
                1,
                new KeyHash<>(StringSerializer.INSTANCE),
                restored,
                () -> now);
    }

    private TrainingRate<String> rate(String text) {
        return rate(text, RateState.NEW);
    }

    /** How many of a second's windows are chosen, a hundred windows of each of ten keys. */
    private static int chosenIn(int second, TrainingRate<String> rate) throws Exception {
        int chosen = 0;
        for (int window = 0; window < 100; window++) {
            for (int key = 0; key < 10; key++) {
                rate.reached(1000L * second + window);
                chosen += rate.chooses("key-" + key, 100L * second + window, 0, STEPS) ? 1 : 0;
            }
        }
        return chosen;
    }

    @Test
    void allWindowsAreChosenUnlessToldOtherwise() throws Exception {
        assertThat(chosenIn(0, rate("all"))).isEqualTo(1000);
    }

    @Test
    void ratioChoosesThatShareTheSameInEveryRun() throws Exception {
        TrainingRate<String> one = rate("ratio(0.25)");
        TrainingRate<String> other = rate("ratio(0.25)");

        assertThat(chosenIn(0, one)).isBetween(200, 300);

        for (int window = 0; window < 100; window++) {
            assertThat(other.chooses("A", window, 0, STEPS))
                    .isEqualTo(one.chooses("A", window, 0, STEPS));
        }
    }

    @Test
    void perSecondComesToAShareOfWhatTheEpochBeforeHad() throws Exception {
        TrainingRate<String> rate = rate("per-second(2000)");

        assertThat(chosenIn(0, rate)).isEqualTo(1000); // nothing is known yet

        // A second has 20,000 time steps.
        assertThat(chosenIn(1, rate)).isBetween(70, 130);
        assertThat(rate.ratio()).isEqualTo(0.1);
        assertThat(chosenIn(2, rate)).isBetween(70, 130);
    }

    @Test
    void countsOfAnEpochAreRestored() throws Exception {
        TrainingRate<String> undisturbed = rate("per-second(2000)");
        chosenIn(0, undisturbed);
        TrainingRate<String> restored = rate("per-second(2000)", undisturbed.state());

        assertThat(chosenIn(1, restored)).isEqualTo(chosenIn(1, undisturbed));
        assertThat(restored.state()).isEqualTo(undisturbed.state());
    }

    @Test
    void adaptiveRateFallsWhileLearningTakesMostOfTheTimeAndRisesAgain() {
        TrainingRate<String> rate = rate("adaptive");

        learnFor(rate, 0.9);
        assertThat(rate.ratio()).isEqualTo(0.5);
        learnFor(rate, 0.6);
        assertThat(rate.ratio()).isEqualTo(0.25);
        learnFor(rate, 0.3);
        assertThat(rate.ratio()).isEqualTo(0.25);
        learnFor(rate, 0.1);
        learnFor(rate, 0.1);
        learnFor(rate, 0.1);

        assertThat(rate.ratio()).isEqualTo(1);
    }

    private void learnFor(TrainingRate<String> rate, double share) {
        for (int i = 0; i < 10; i++) {
            now += 100_000_000;
            rate.took((long) (share * 100_000_000));
        }
    }

    @Test
    void adaptiveRateNeverFallsToNothing() {
        TrainingRate<String> rate = rate("adaptive");

        for (int second = 0; second < 20; second++) {
            learnFor(rate, 1);
        }

        assertThat(rate.ratio()).isEqualTo(1.0 / 64);
    }
}
