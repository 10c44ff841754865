package org.cellstream.experts;

import java.util.List;
import org.cellstream.config.ExpertChoice;
import org.cellstream.config.ExpertName;
import org.cellstream.config.ExpertsConfig;
import org.jspecify.annotations.Nullable;

/** One key and its experts: what a test says to them, and what they say. */
final class TestingKey {

    final Experts experts;
    final Spoken spoken = new Spoken();
    @Nullable ExpertMemory memory;
    private double made = Double.NaN;

    TestingKey(ExpertsConfig config) {
        this.experts = new Experts(config);
    }

    /** One whose experts tell what they say. */
    static TestingKey of(int season, ExpertName... names) {
        return new TestingKey(config(season, ExpertChoice.MIXTURE, names));
    }

    static ExpertsConfig config(int season, ExpertChoice follow, ExpertName... names) {
        return new ExpertsConfig(List.of(names), season, follow, true, 0.9);
    }

    /** The next target, and what the network says of the one after; returns the mixture. */
    double next(double target, double network) {
        memory = experts.fitting(memory);
        experts.meet(memory, target, made);
        return speak(network);
    }

    /** The next target, for a network that repeats it. */
    double next(double target) {
        return next(target, target);
    }

    /** A target that is the forecast itself. */
    double fedBack(double target) {
        memory = experts.fitting(memory);
        experts.passOver(memory, target);
        return speak(target);
    }

    double startAnew(double target) {
        memory = experts.fitting(memory);
        experts.startAnew(memory, target);
        return speak(target);
    }

    private double speak(double network) {
        experts.speak(experts.fitting(memory), network, spoken);
        made = spoken.value();
        return made;
    }

    /** What the experts say of the next target. */
    double[] told() {
        return spoken.told();
    }
}
