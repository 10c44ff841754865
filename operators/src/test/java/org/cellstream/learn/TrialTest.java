package org.cellstream.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cellstream.config.LearningConfig;
import org.cellstream.config.LossConfig;
import org.cellstream.config.OptimiserConfig;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;
import org.junit.jupiter.api.Test;

class TrialTest {

    private static final int STEPS = 5;
    private static final Network NETWORK = Network.of(2).lstm(3).dense(1);
    private static final LearningConfig CONFIG = new LearningConfig(STEPS, 6, 1, 0.01, 1);

    private static List<Window> windows(int count) {
        Random random = new Random(count);
        List<Window> windows = new ArrayList<>();
        for (int w = 0; w < count; w++) {
            float[] start = floats(NETWORK.stateSize(), random);
            int previous = w % 3 == 2 ? w - 1 : Window.NO_PREVIOUS;
            windows.add(
                    new Window(
                            floats(STEPS * 2, random),
                            floats(STEPS, random),
                            new float[] {1, 0, 0.5f, 1, 2},
                            start,
                            previous));
        }
        return windows;
    }

    private static float[] floats(int n, Random random) {
        float[] floats = new float[n];
        for (int i = 0; i < n; i++) {
            floats[i] = (float) random.nextGaussian() / 2;
        }
        return floats;
    }

    @Test
    void windowsEndWhereTheLearnersFirstPassEnds() {
        float[] weights = Weights.seeded(NETWORK, 4).values();
        List<Window> windows = windows(6);
        Trial trial = new Trial(NETWORK, CONFIG);
        trial.load(weights);

        TrialResult tried = trial.run(windows);

        try (Learner learner =
                new Learner(NETWORK, CONFIG, LearnerState.fresh(new Weights(NETWORK, weights)))) {
            assertThat(tried.ends()).isDeepEqualTo(learner.learn(windows).ends());
        }
        assertThat(tried.starts()[0]).isEqualTo(windows.get(0).start());
        assertThat(tried.starts()[2]).isEqualTo(tried.ends()[1]);
    }

    @Test
    void errorIsTheSumOfWeightedDistancesFromTheLabels() {
        Network plain = Network.of(1).dense(1);
        Trial trial = new Trial(plain, new LearningConfig(3, 2, 1, 0.01, 1));
        trial.load(new float[] {2, 1}); // y = 2 x + 1
        Window window =
                new Window(
                        new float[] {0, 1, 2},
                        new float[] {0, 5, Float.NaN},
                        new float[] {1, 0.5f, 0},
                        new float[0],
                        Window.NO_PREVIOUS);

        TrialResult result = trial.run(List.of(window));

        assertThat(result.error()).isEqualTo(1 + 0.5 * 2);
        assertThat(result.persistence()).isEqualTo(0.5 * 5);
        assertThat(result.weight()).isEqualTo(1.5);
        assertThat(result.samples()).isEqualTo(2);
    }

    @Test
    void errorOfClassesIsTheLoss() {
        Network plain = Network.of(1).dense(2);
        OptimiserConfig adam = OptimiserConfig.adam(0.01, 1);
        LossConfig loss = LossConfig.parse("categorical-cross-entropy");
        Trial trial = new Trial(plain, new LearningConfig(1, 1, 1, loss, adam));
        trial.load(new float[] {0, 0, 0, 0});

        TrialResult result =
                trial.run(
                        List.of(
                                new Window(
                                        new float[] {3},
                                        new float[] {1},
                                        new float[] {1},
                                        new float[0],
                                        Window.NO_PREVIOUS)));

        assertThat(result.error()).isCloseTo(Math.log(2), offset(1e-12));
        assertThat(result.persistence()).isNaN();
    }

    @Test
    void aWindowsResultDoesNotDependOnThoseBesideIt() {
        Trial trial = new Trial(NETWORK, CONFIG);
        trial.load(Weights.seeded(NETWORK, 4).values());
        List<Window> windows = windows(5);

        float[][] together = trial.run(windows).ends();

        assertThat(trial.run(windows.subList(0, 2)).ends()[0]).isEqualTo(together[0]);
        assertThat(trial.run(windows.subList(3, 4)).ends()[0]).isEqualTo(together[3]);
    }
}
