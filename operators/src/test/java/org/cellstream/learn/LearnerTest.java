package org.cellstream.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.cellstream.config.LearningConfig;
import org.cellstream.config.LossConfig;
import org.cellstream.config.OptimiserConfig;
import org.cellstream.config.ScheduleConfig;
import org.cellstream.nn.Kernels;
import org.cellstream.nn.Network;
import org.cellstream.nn.Stepper;
import org.cellstream.nn.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnerTest {

    private static final int STEPS = 4;

    /** Of values near 1 that differ only in the order of float32 sums. */
    private static final double ROUNDING = 2e-6;

    private final Network network = Network.of(2).lstm(5).lstm(3).dense(2);
    private final Weights first = Weights.seeded(network, 3);
    private final TestingWindows windows = new TestingWindows(network, STEPS, 5);

    @Test
    void stateIsCarriedThroughAChainAsInOneLongForwardPass() {
        List<Window> chain = List.of(windows.next(), windows.after(0), windows.after(1));
        try (Learner learner = learner(8, 1)) {

            MinibatchResult result = learner.learn(chain);

            float[] state = chain.get(0).start();
            for (int w = 0; w < chain.size(); w++) {
                state = stepThrough(chain.get(w), state);
                assertThat(result.ends()[w]).isEqualTo(state);
            }
        }
    }

    @Test
    void chainTeachesWhatItsWindowsTeachWhenTheirStatesAreCarriedByHand() {
        Window other = windows.next();
        List<Window> chained = List.of(windows.next(), windows.after(0), other, windows.after(1));
        float[] one = stepThrough(chained.get(0), chained.get(0).start());
        float[] two = stepThrough(chained.get(1), one);
        List<Window> byHand =
                List.of(
                        chained.get(0),
                        TestingWindows.withStart(chained.get(1), one),
                        other,
                        TestingWindows.withStart(chained.get(3), two));
        try (Learner chains = learner(4, 1);
                Learner hand = learner(4, 1)) {

            MinibatchResult result = chains.learn(chained);

            MinibatchResult expected = hand.learn(byHand);
            assertThat(result.ends()).isDeepEqualTo(expected.ends());
            assertThat(result.loss()).isCloseTo(expected.loss(), within(ROUNDING));
            assertThat(result.gradientNorm()).isCloseTo(expected.gradientNorm(), within(ROUNDING));
            assertThat(chains.state().firstMoment())
                    .containsExactly(hand.state().firstMoment(), within((float) ROUNDING));
        }
    }

    @Test
    void labelsOfMaskedStepsAreNotRead() {
        Window window = TestingWindows.withWeights(windows.next(), 0, 1, 0.5f, 0);
        Window broken = TestingWindows.withLabel(window, 3 * network.outputs(), Float.NaN);
        try (Learner learner = learner(1, 1);
                Learner other = learner(1, 1)) {

            MinibatchResult result = learner.learn(List.of(broken));

            assertThat(result).isEqualTo(other.learn(List.of(window)));
            assertThat(learner.state()).isEqualTo(other.state());
        }
    }

    @Test
    void lossIsTheMeanOfTheStepsThatCount() {
        Window window = windows.next();
        Window second = TestingWindows.withWeights(window, 0, 1, 0, 0);
        Window third = TestingWindows.withWeights(window, 0, 0, 1, 0);
        Window both = TestingWindows.withWeights(window, 0, 3, 1, 0);

        double loss = lossOf(both);

        double expected = (3 * lossOf(second) + lossOf(third)) / 4;
        assertThat(loss).isCloseTo(expected, within(1e-12));
    }

    @Test
    void minibatchWithoutStepsThatCountIsNotApplied() {
        Window masked = TestingWindows.withWeights(windows.next(), 0, 0, 0, 0);
        try (Learner learner = learner(4, 2)) {

            MinibatchResult result = learner.learn(List.of(masked, masked));

            assertThat(result.applied()).isFalse();
            assertThat(result.loss()).isZero();
            assertThat(result.gradientNorm()).isZero();
            assertThat(learner.state()).isEqualTo(LearnerState.fresh(first));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void labelThatIsNotFiniteIsSaidAndLeavesEverythingAsItWas(int stepsPerMinibatch) {
        Window broken = TestingWindows.withLabel(windows.next(), 5, Float.NaN);
        try (Learner learner = learner(4, stepsPerMinibatch)) {
            learner.learn(List.of(windows.next()));
            LearnerState before = learner.state();

            MinibatchResult result = learner.learn(List.of(windows.next(), broken));

            assertThat(result.applied()).isFalse();
            assertThat(result.loss()).isNaN();
            assertThat(learner.state()).isEqualTo(before);
            assertThat(learner.learn(List.of(windows.next())).applied()).isTrue();
        }
    }

    @Test
    void stepsBeforeOneThatIsNotFiniteAreUndone() {
        double explosive = 1e30;
        LearnerState fresh = LearnerState.fresh(first);
        try (Learner learner =
                new Learner(network, new LearningConfig(STEPS, 1, 2, explosive, 1), fresh)) {

            MinibatchResult result = learner.learn(List.of(windows.next()));

            assertThat(result.applied()).isFalse();
            assertThat(result.loss()).isFinite();
            assertThat(learner.state()).isEqualTo(fresh);
        }
    }

    @Test
    void severalStepsPerMinibatchAreAsManyCalls() {
        List<Window> minibatch = List.of(windows.next(), windows.after(0));
        try (Learner learner = learner(2, 3);
                Learner single = learner(2, 1)) {

            MinibatchResult result = learner.learn(minibatch);

            assertThat(result).isEqualTo(single.learn(minibatch));
            single.learn(minibatch);
            single.learn(minibatch);
            assertThat(learner.state()).isEqualTo(single.state());
            assertThat(learner.state().steps()).isEqualTo(3);
        }
    }

    @Test
    void restoredLearnerGoesOnWithTheBitsOfOneThatNeverStopped() {
        List<List<Window>> minibatches = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            minibatches.add(List.of(windows.next(), windows.next(), windows.after(0)));
        }
        try (Learner unstopped = learner(3, 2)) {
            minibatches.subList(0, 3).forEach(unstopped::learn);

            try (Learner restored = new Learner(network, config(3, 2), unstopped.state())) {
                for (List<Window> minibatch : minibatches.subList(3, 6)) {
                    assertThat(restored.learn(minibatch)).isEqualTo(unstopped.learn(minibatch));
                }
                assertThat(restored.state()).isEqualTo(unstopped.state());
                assertThat(restored.weights()).isEqualTo(unstopped.weights());
            }
        }
    }

    @Test
    void resultOfAMinibatchDoesNotDependOnThoseBefore() {
        LearnerState fresh = LearnerState.fresh(first);
        List<Window> minibatch = List.of(windows.next(), windows.next(), windows.next());
        Window broken = windows.ofNothingButNaN();
        try (Learner learner = learner(8, 1);
                Learner other = new Learner(network, config(8, 1), fresh)) {
            learner.learn(List.of(broken, broken, broken, broken));

            MinibatchResult result = learner.learn(minibatch);

            assertThat(result).isEqualTo(other.learn(minibatch));
            assertThat(learner.state()).isEqualTo(other.state());
        }
    }

    @Test
    void sizesThatAreNoPowersOfTwoTeachTheSame() {
        List<Window> minibatch =
                List.of(
                        windows.next(),
                        windows.next(),
                        windows.next(),
                        windows.next(),
                        windows.next());
        try (Learner exact = learner(5, 1);
                Learner rounded = learner(20, 1)) {

            MinibatchResult result = rounded.learn(minibatch);

            MinibatchResult expected = exact.learn(minibatch);
            assertThat(result.ends()).isDeepEqualTo(expected.ends());
            assertThat(result.loss()).isCloseTo(expected.loss(), within(ROUNDING));
            assertThat(rounded.state().firstMoment())
                    .containsExactly(exact.state().firstMoment(), within((float) ROUNDING));
        }
    }

    @Test
    void lossFallsOnWhatCanBeLearnt() {
        Network small = Network.of(1).lstm(8).dense(1);
        TestingWindows toy = new TestingWindows(small, 8, 1);
        LearningConfig config = new LearningConfig(8, 16, 1, 0.02, 1);
        LearnerState fresh = LearnerState.fresh(Weights.seeded(small, 1));
        try (Learner learner = new Learner(small, config, fresh)) {
            double[] losses = new double[300];

            for (int i = 0; i < losses.length; i++) {
                List<Window> minibatch = new ArrayList<>();
                for (int w = 0; w < config.minibatch(); w++) {
                    minibatch.add(toy.next());
                }
                losses[i] = learner.learn(minibatch).loss();
            }

            assertThat(losses[299]).isLessThan(0.1 * losses[0]);
        }
    }

    @Test
    void closingGivesMemoryBackWithoutTheGarbageCollector() {
        Network wide = Network.of(3).lstm(64).dense(1);
        long weights = (long) wide.parameters().size() * Float.BYTES;
        Window window = new TestingWindows(wide, STEPS, 1).next();
        OptimiserConfig sgd =
                new OptimiserConfig(
                        OptimiserConfig.Method.parse("sgd"),
                        0.01,
                        ScheduleConfig.constant(),
                        1,
                        null);
        LearningConfig config = new LearningConfig(STEPS, 1, 1, LossConfig.mse(), sgd);
        long before = Pointer.totalBytes();
        Learner learner = new Learner(wide, config, LearnerState.fresh(Weights.seeded(wide, 1)));
        learner.learn(List.of(window));
        long open = Pointer.totalBytes();

        learner.close();

        assertThat(open).isGreaterThan(before + weights);
        assertThat(Pointer.totalBytes()).isLessThan(before + weights / 2);
    }

    @Test
    void closedLearnerSaysSo() {
        Learner learner = learner(1, 1);
        learner.learn(List.of(windows.next()));

        learner.close();
        learner.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> learner.learn(List.of(windows.next())))
                .withMessage("this learner is closed");
        assertThatIllegalStateException().isThrownBy(learner::state);
        assertThatIllegalStateException().isThrownBy(learner::weights);
    }

    private Learner learner(int minibatch, int stepsPerMinibatch) {
        return new Learner(
                network, config(minibatch, stepsPerMinibatch), LearnerState.fresh(first));
    }

    private static LearningConfig config(int minibatch, int stepsPerMinibatch) {
        return new LearningConfig(STEPS, minibatch, stepsPerMinibatch, 0.01, 1);
    }

    private double lossOf(Window window) {
        try (Learner learner = learner(1, 1)) {
            return learner.learn(List.of(window)).loss();
        }
    }

    /** The state after the steps of a window, each taken alone under the first weights. */
    private float[] stepThrough(Window window, float[] start) {
        Stepper stepper = new Stepper(network, Kernels.best(), 1);
        stepper.load(first);
        float[] state = start.clone();
        float[] x = new float[network.inputs()];
        float[] y = new float[network.outputs()];
        for (int t = 0; t < STEPS; t++) {
            float[] next = new float[state.length];
            System.arraycopy(window.inputs(), t * x.length, x, 0, x.length);
            stepper.step(1, x, state, next, y);
            state = next;
        }
        return state;
    }
}
