package org.cellstream.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cellstream.config.LearningConfig;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Steps on past windows beside those on new ones. */
class ReplayTest {

    private static final Network NETWORK = Network.of(1).lstm(2).dense(1);
    private static final LearnerState FRESH = LearnerState.fresh(Weights.seeded(NETWORK, 1));

    private final Learner learner = learner(2);

    private static Learner learner(int stepsPerMinibatch) {
        return new Learner(NETWORK, new LearningConfig(3, 2, stepsPerMinibatch, 0.01, 1), FRESH);
    }

    private static List<Window> window(float value) {
        float[] inputs = {value, -value, value / 2};
        float[] weights = {1, 1, 1};
        return List.of(new Window(inputs, inputs, weights, new float[4], Window.NO_PREVIOUS));
    }

    private static List<Window> masked() {
        return List.of(
                new Window(
                        new float[3],
                        new float[3],
                        new float[3],
                        new float[4],
                        Window.NO_PREVIOUS));
    }

    @AfterEach
    void close() {
        learner.close();
    }

    @Test
    void stepsOnPastWindowsAreSpreadAmongThoseOnNewOnes() {
        List<Window> fresh = window(1);
        List<List<Window>> past = List.of(window(2), window(3), window(4), window(5));

        learner.learn(fresh, past, 1);

        try (Learner byHand = learner(1)) {
            for (List<Window> step :
                    List.of(fresh, past.get(0), past.get(1), past.get(2), past.get(3), fresh)) {
                byHand.learn(step);
            }
            assertThat(learner.state()).isEqualTo(byHand.state());
        }
    }

    @Test
    void pastWindowsThatWeighNothingArePassedOver() {
        learner.learn(window(1), List.of(masked(), window(2)), 1);

        assertThat(learner.state().steps()).isEqualTo(3);
    }

    @Test
    void pastWindowThatIsNoNumberUndoesAllSteps() {
        MinibatchResult result = learner.learn(window(1), List.of(window(2), window(Float.NaN)), 1);

        assertThat(result.applied()).isFalse();
        assertThat(learner.state()).isEqualTo(FRESH);
    }

    @Test
    void rateMultipliesTheStep() {
        try (Learner slow = learner(1);
                Learner once = learner(1)) {
            slow.learn(window(1), List.of(), 0.5);
            once.learn(window(1), List.of(), 1);

            float[] first = FRESH.weights();
            for (int i = 0; i < first.length; i++) {
                assertThat(slow.weights()[i] - first[i])
                        .isCloseTo(
                                (once.weights()[i] - first[i]) / 2,
                                org.assertj.core.data.Offset.offset(1e-7f));
            }
        }
    }

    @Test
    void restartGoesOnFromTheWeightsAlone() {
        learner.learn(window(1));
        float[] weights = learner.weights();

        learner.restart(weights);

        assertThat(learner.state()).isEqualTo(LearnerState.fresh(new Weights(NETWORK, weights)));
    }
}
