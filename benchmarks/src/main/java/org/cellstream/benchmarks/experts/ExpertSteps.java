package org.cellstream.benchmarks.experts;

import java.util.Random;
import org.cellstream.benchmarks.measure.Alternation;
import org.cellstream.config.ExpertsConfig;
import org.cellstream.experts.ExpertMemory;
import org.cellstream.experts.Experts;
import org.cellstream.experts.Spoken;

/** Keys in turns, each with an event: what a forecaster asks the experts for, and nothing else. */
final class ExpertSteps implements Alternation.Timed {

    private static final int TARGETS = 1 << 16;

    private final Experts experts;
    private final ExpertMemory[] memories;
    private final double[] made;
    private final double[] targets = new double[TARGETS];
    private final Spoken spoken = new Spoken();
    private int key;
    private int event;

    ExpertSteps(ExpertsConfig config, int keys) {
        experts = new Experts(config);
        memories = new ExpertMemory[keys];
        made = new double[keys];
        for (int k = 0; k < keys; k++) {
            memories[k] = experts.fitting(null);
        }
        Random random = new Random(1);
        for (int t = 0; t < TARGETS; t++) {
            targets[t] = random.nextGaussian();
        }
    }

    @Override
    public void call() {
        double target = targets[event];
        experts.meet(memories[key], target, made[key]);
        experts.speak(memories[key], target / 2, spoken);
        made[key] = spoken.value();
        event = (event + 1) % TARGETS;
        key = key + 1 == memories.length ? 0 : key + 1;
    }

    /** Bytes of one key in state. */
    int bytes() {
        return 8 + 8 * memories[0].doubles().length + 4 * memories[0].floats().length;
    }
}
