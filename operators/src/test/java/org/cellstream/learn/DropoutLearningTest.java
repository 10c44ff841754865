package org.cellstream.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cellstream.config.LearningConfig;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;
import org.junit.jupiter.api.Test;

/** What is dropped follows from seed and step alone. */
class DropoutLearningTest {

    private static final int STEPS = 4;
    private static final Network NETWORK =
            Network.parse(
                    "dropout(0.5) lstm(8, recurrent-dropout=0.3) gru(4, dropout=0.5) dense(1)", 9);
    private static final LearningConfig CONFIG = new LearningConfig(STEPS, 3, 1, 0.01, 1);
    private static final LearnerState FRESH = LearnerState.fresh(Weights.seeded(NETWORK, 1));

    @Test
    void twoRunsLearnTheSameBits() {
        LearnerState first = learn(new Learner(NETWORK, CONFIG, FRESH, 5), 0, 6);
        LearnerState second = learn(new Learner(NETWORK, CONFIG, FRESH, 5), 0, 6);

        assertThat(second).isEqualTo(first);
    }

    @Test
    void anotherSeedDropsOtherUnits() {
        LearnerState first = learn(new Learner(NETWORK, CONFIG, FRESH, 5), 0, 1);
        LearnerState second = learn(new Learner(NETWORK, CONFIG, FRESH, 6), 0, 1);

        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void learnerThatGoesOnFromAStateDropsWhatOneThatNeverStoppedDrops() {
        LearnerState unstopped = learn(new Learner(NETWORK, CONFIG, FRESH, 5), 0, 6);

        LearnerState half = learn(new Learner(NETWORK, CONFIG, FRESH, 5), 0, 3);

        assertThat(learn(new Learner(NETWORK, CONFIG, half, 5), 3, 6)).isEqualTo(unstopped);
    }

    @Test
    void windowsOfOneMinibatchDropTheirOwnUnits() {
        Window window = new TestingWindows(NETWORK, STEPS, 1).next();
        try (Learner learner = new Learner(NETWORK, CONFIG, FRESH, 5)) {
            MinibatchResult result = learner.learn(List.of(window, window));

            assertThat(result.ends()[0]).isNotEqualTo(result.ends()[1]);
        }
    }

    /** Learns minibatches {@code from} to before {@code to}; closes the learner. */
    private static LearnerState learn(Learner learner, int from, int to) {
        try (learner) {
            for (int minibatch = from; minibatch < to; minibatch++) {
                TestingWindows windows = new TestingWindows(NETWORK, STEPS, minibatch);
                learner.learn(List.of(windows.next(), windows.next(), windows.next()));
            }
            return learner.state();
        }
    }
}
