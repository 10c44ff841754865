package org.cellstream.learn;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import org.cellstream.config.LearningConfig;
import org.cellstream.config.OptimiserConfig;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every message holds the value and what is allowed. */
class LearnerErrorsTest {

    private final Network network = Network.of(3).lstm(2).dense(1);
    private final LearningConfig config = new LearningConfig(4, 2, 1, 0.01, 1);
    private final LearnerState state = LearnerState.fresh(Weights.seeded(network, 1));
    private final Learner learner = new Learner(network, config, state);

    @AfterEach
    void close() {
        learner.close();
    }

    @Test
    void networkWithoutLayers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Learner(Network.of(3), config, state))
                .withMessage("network has no layers; need at least 1 to learn");
    }

    @Test
    void stateOfAnotherNetwork() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Learner(Network.of(4).dense(1), config, state))
                .withMessage("state has 51 weights; dense(1) over 4 inputs takes 5");
    }

    @Test
    void minibatchOfNoWindows() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> learner.learn(List.of()))
                .withMessage("minibatch has 0 windows; need 1 to 2");
    }

    @Test
    void minibatchOfTooManyWindows() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> learner.learn(Collections.nCopies(3, window(12, 4, 4, 4, -1))))
                .withMessage("minibatch has 3 windows; need 1 to 2");
    }

    @Test
    void inputsOfAnotherShape() {
        refused(window(9, 4, 4, 4, -1), "inputs of window 1 has 9 floats; need [4, 3]");
    }

    @Test
    void labelsOfAnotherShape() {
        refused(window(12, 8, 4, 4, -1), "labels of window 1 has 8 floats; need [4, 1]");
    }

    @Test
    void weightsOfAnotherShape() {
        refused(window(12, 4, 3, 4, -1), "weights of window 1 has 3 floats; need [4, 1]");
    }

    @Test
    void startOfAnotherShape() {
        refused(window(12, 4, 4, 2, -1), "start of window 1 has 2 floats; need [1, 4]");
    }

    @Test
    void windowThatFollowsItself() {
        refused(
                window(12, 4, 4, 0, 1),
                "previous of window 1 is 1; need the index of an earlier window, or -1");
    }

    @Test
    void previousBelowNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> window(12, 4, 4, 4, -2))
                .withMessage("previous is -2; need an index, or -1 for none");
    }

    @Test
    void weightBelowZero() {
        float[] weights = {1, 1, -0.5f, 1};

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Window(new float[12], new float[4], weights, new float[4], -1))
                .withMessage("weight of step 2 is -0.5; need a finite number of at least 0");
    }

    @Test
    void momentsOfAnotherSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new LearnerState(
                                        OptimiserConfig.Kind.ADAM,
                                        new float[3],
                                        new float[3],
                                        new float[2],
                                        0))
                .withMessage("moments of adam have 3 and 2 floats; 3 weights need 3 and 3");
    }

    @Test
    void stepsBelowZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new LearnerState(
                                        OptimiserConfig.Kind.ADAM,
                                        new float[1],
                                        new float[1],
                                        new float[1],
                                        -1))
                .withMessage("steps is -1; need at least 0");
    }

    private void refused(Window second, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> learner.learn(List.of(window(12, 4, 4, 4, -1), second)))
                .withMessage(message);
    }

    private static Window window(int inputs, int labels, int weights, int start, int previous) {
        return new Window(
                new float[inputs],
                new float[labels],
                new float[weights],
                new float[start],
                previous);
    }
}
