package org.cellstream.benchmarks.experts;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cellstream.benchmarks.measure.Alternation;
import org.cellstream.config.LearningConfig;
import org.cellstream.learn.Trial;
import org.cellstream.learn.Window;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;

/**
 * What the trainer runs forward for a minibatch of live windows before it learns from them: the
 * served weights, since it needs to know where keys are, and with a gate those that learn and the
 * last good ones as well.
 */
final class GateTrials implements Alternation.Timed {

    static final int STEPS = 20;
    static final int WINDOWS = 32;

    private static final Network NETWORK = Network.parse("lstm(64) skip dense(1)", 1);

    private final List<Trial> trials = new ArrayList<>();
    private final List<Window> windows = new ArrayList<>();

    /**
     * @param weights how many are run
     */
    GateTrials(int weights) {
        LearningConfig config = new LearningConfig(STEPS, WINDOWS, 1, 0.001, 1);
        for (int i = 0; i < weights; i++) {
            Trial trial = new Trial(NETWORK, config);
            trial.load(Weights.seeded(NETWORK, i).values());
            trials.add(trial);
        }
        Random random = new Random(1);
        for (int i = 0; i < WINDOWS; i++) {
            windows.add(window(random));
        }
    }

    private static Window window(Random random) {
        float[] inputs = new float[STEPS];
        float[] labels = new float[STEPS];
        float[] weights = new float[STEPS];
        for (int t = 0; t < STEPS; t++) {
            inputs[t] = (float) random.nextGaussian();
            labels[t] = (float) random.nextGaussian();
            weights[t] = 1;
        }
        float[] start = new float[NETWORK.stateSize()];
        return new Window(inputs, labels, weights, start, Window.NO_PREVIOUS);
    }

    @Override
    public void call() {
        for (Trial trial : trials) {
            if (trial.run(windows).samples() != (long) WINDOWS * STEPS) {
                throw new IllegalStateException("a trial left windows out");
            }
        }
    }
}
