package org.cellstream.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cellstream.config.LearningConfig;
import org.cellstream.event.Control;
import org.cellstream.event.Scores;
import org.cellstream.learn.Window;
import org.cellstream.nn.Network;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Networks of one weight and one bias, on windows whose labels are twice the inputs. */
class GateTest {

    private static final Network NETWORK = Network.of(1).dense(1);
    private static final LearningConfig LEARNING = new LearningConfig(4, 2, 1, 0.01, 1);

    private static final float[] FIRST = {0, 0};
    private static final float[] BETTER = {1, 0};
    private static final float[] BEST = {2, 0};
    private static final float[] WORSE = {0.9f, 0};
    private static final int WARM_UP = 3;

    private static final List<Window> WINDOWS =
            List.of(window(1, -1, 0.5f, 2), window(-0.5f, 1, 1, -1));

    private final Gate gate = gate(true);

    private static Gate gate(boolean guarded) {
        return new Gate(NETWORK, LEARNING, guarded, WARM_UP, GateState.startingFrom(FIRST));
    }

    private static Window window(float... inputs) {
        float[] labels = new float[inputs.length];
        float[] weights = new float[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            labels[i] = 2 * inputs[i];
            weights[i] = 1;
        }
        return new Window(inputs, labels, weights, new float[0], Window.NO_PREVIOUS);
    }

    private static void tryOut(Gate gate, float[] candidate, int minibatches) {
        for (int i = 0; i < minibatches; i++) {
            tryOut(gate, candidate, WINDOWS);
        }
    }

    /** A round of one minibatch. */
    private static void tryOut(Gate gate, float[] candidate, List<Window> windows) {
        gate.judge(candidate, gate.tryOut(windows, candidate), true);
    }

    private Gate.@Nullable Choice choose() {
        return gate.choose(true, true, FIRST);
    }

    /** Publishes what is chosen. */
    private Gate.Choice publish(float[] candidate, int minibatches) {
        tryOut(gate, candidate, minibatches);
        Gate.Choice choice = choose();
        assertThat(choice).isNotNull();
        gate.published(choice);
        return choice;
    }

    @Test
    void betterWeightsArePublishedAfterTheWarmUpAsTheyWereTried() {
        tryOut(gate, BETTER, WARM_UP - 1);
        assertThat(choose()).isNull();

        Gate.Choice choice = publish(BETTER, 1);

        assertThat(choice.weights()).isEqualTo(BETTER);
        assertThat(choice.why()).isEqualTo(Scores.Why.LEARNED);
    }

    @Test
    void scoresAreMeanErrorsOnTheSameWindows() {
        tryOut(gate, BETTER, WARM_UP);

        Scores scores = gate.scores(choose(), 1, 0);

        // Mean of |label| is 2; half of it is left at half the slope.
        assertThat(scores.persistence()).isCloseTo(2, within());
        assertThat(scores.published()).isCloseTo(2, within());
        assertThat(scores.candidate()).isCloseTo(1, within());
        assertThat(scores.samples()).isEqualTo(WARM_UP * 8);
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-9);
    }

    @Test
    void weightsThatLoseAreNotPublished() {
        publish(BETTER, WARM_UP);

        tryOut(gate, WORSE, 5);

        assertThat(choose()).isNull();
        assertThat(gate.scores(null, 1, 0).why()).isEqualTo(Scores.Why.KEPT);
    }

    @Test
    void publishedWeightsThatTurnOutWorseAreRolledBack() {
        publish(BETTER, WARM_UP);
        tryOut(gate, BETTER, Gate.PROOF);
        publish(BEST, 1);
        // From here on the labels are those of the slope of one.
        List<Window> others =
                WINDOWS.stream()
                        .map(
                                w ->
                                        new Window(
                                                w.inputs(),
                                                w.inputs(),
                                                w.weights(),
                                                w.start(),
                                                Window.NO_PREVIOUS))
                        .toList();
        for (int i = 0; i < 2; i++) {
            tryOut(gate, BEST, others);
        }

        Gate.Choice choice = choose();
        assertThat(choice).isNotNull();
        assertThat(choice.why()).isEqualTo(Scores.Why.ROLLED_BACK);
        assertThat(choice.weights()).isEqualTo(BETTER);
        Scores scores = gate.scores(choice, 1, 0);
        assertThat(scores.candidate()).isCloseTo(0, within());
        assertThat(scores.published()).isGreaterThan(0.5);
    }

    @Test
    void weightsThatExplodeAreTakenBackAtOnceMoreSlowly() {
        tryOut(gate, new float[] {1e20f, 0}, 1);

        assertThat(gate.hasLost()).isTrue();
        assertThat(gate.takeBack()).isEqualTo(FIRST);
        assertThat(gate.hasLost()).isFalse();
        assertThat(gate.caution()).isEqualTo(0.5);
        assertThat(choose()).isNull();
    }

    @Test
    void weightsThatAreNoNumbersAreTakenBackAtOnce() {
        tryOut(gate, new float[] {Float.NaN, 0}, 1);

        assertThat(gate.hasLost()).isTrue();
        assertThat(choose()).isNull();
    }

    @Test
    void weightsThatGoOnLosingAreTakenBack() {
        publish(BETTER, WARM_UP);
        tryOut(gate, new float[] {0.97f, 0}, 1);
        assertThat(gate.hasLost()).isFalse(); // three hundredths in one round may be chance

        tryOut(gate, new float[] {0.97f, 0}, 9);

        assertThat(gate.hasLost()).isTrue();
        assertThat(gate.takeBack()).isEqualTo(BETTER);
    }

    @Test
    void whatLearnsIsOnProbationAfterARollBack() {
        publish(BETTER, WARM_UP);
        gate.obey(Control.Action.ROLLBACK);
        gate.published(choose());

        tryOut(gate, BEST, Gate.PROBATION - 1);
        assertThat(choose()).isNull();

        tryOut(gate, BEST, 1);
        assertThat(choose().weights()).isEqualTo(BEST);
    }

    @Test
    void windowsThatWeighNothingSayNothing() {
        Window masked = new Window(new float[4], new float[4], new float[4], new float[0], -1);
        GateState before = gate.state();

        tryOut(gate, BETTER, List.of(masked));

        assertThat(gate.state()).isEqualTo(before);
    }

    @Test
    void nothingIsPublishedWhileFrozenUntilItIsPromoted() {
        gate.obey(Control.Action.FREEZE);
        tryOut(gate, BETTER, WARM_UP);
        assertThat(choose()).isNull();

        gate.obey(Control.Action.PROMOTE);

        Gate.Choice choice = choose();
        assertThat(choice).isNotNull();
        assertThat(choice.weights()).isEqualTo(BETTER);
        assertThat(choice.why()).isEqualTo(Scores.Why.PROMOTED);
        assertThat(gate.isFrozen()).isFalse();
    }

    @Test
    void promotedWeightsNeedNotBeBetter() {
        publish(BETTER, WARM_UP);
        tryOut(gate, WORSE, 2);
        gate.obey(Control.Action.PROMOTE);

        assertThat(choose().weights()).isEqualTo(WORSE);
    }

    @Test
    void rollsBackToTheLastGoodWeightsIfAsked() {
        publish(BETTER, WARM_UP);
        tryOut(gate, BEST, Gate.PROOF);
        publish(BEST, 1);
        tryOut(gate, BEST, Gate.PROOF); // it is a good one itself now

        gate.obey(Control.Action.ROLLBACK);

        Gate.Choice choice = choose();
        assertThat(choice.weights()).isEqualTo(BETTER);
        gate.published(choice);
        gate.obey(Control.Action.ROLLBACK);
        assertThat(choose()).isNull(); // nothing is known before that
    }

    @Test
    void withoutAGuardWhateverWasLearnedIsPublished() {
        Gate open = gate(false);
        tryOut(open, WORSE, 1);

        assertThat(open.choose(true, false, WORSE)).isNull();
        assertThat(open.choose(false, true, WORSE)).isNull();
        assertThat(open.choose(true, true, WORSE).weights()).isEqualTo(WORSE);
    }

    @Test
    void restoredGateGoesOnAsIfNeverStopped() {
        publish(BETTER, WARM_UP);
        tryOut(gate, BEST, 7);
        Gate restored = new Gate(NETWORK, LEARNING, true, WARM_UP, gate.state());

        tryOut(gate, BEST, 5);
        tryOut(restored, BEST, 5);

        assertThat(restored.state()).isEqualTo(gate.state());
        assertThat(restored.choose(true, true, BEST).weights()).isEqualTo(BEST);
    }
}
