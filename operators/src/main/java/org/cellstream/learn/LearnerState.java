package org.cellstream.learn;

import java.util.Arrays;
import org.cellstream.config.OptimiserConfig;
import org.cellstream.nn.Weights;

/**
 * All that a {@link Learner} remembers: one that is made from this state goes on with the same bits
 * as the one it was taken from, if it has the same optimiser.
 *
 * @param optimiser which optimiser the moments are those of
 * @param weights the network's weights {@code [P]}; copied
 * @param firstMoment running mean or sum of the gradient {@code [P]}, of sgd the negative of it;
 *     empty for rmsprop and adagrad; copied
 * @param secondMoment running mean or sum of its square {@code [P]}; empty for sgd; copied
 * @param steps steps of this optimiser taken so far
 */
public record LearnerState(
        OptimiserConfig.Kind optimiser,
        float[] weights,
        float[] firstMoment,
        float[] secondMoment,
        long steps) {

    public LearnerState {
        Moments kept = Moments.of(optimiser);
        int first = kept.first(weights.length);
        int second = kept.second(weights.length);
        if (firstMoment.length != first || secondMoment.length != second) {
            throw new IllegalArgumentException(
                    "moments of %s have %d and %d floats; %d weights need %d and %d"
                            .formatted(
                                    optimiser,
                                    firstMoment.length,
                                    secondMoment.length,
                                    weights.length,
                                    first,
                                    second));
        }
        if (steps < 0) {
            throw new IllegalArgumentException("steps is " + steps + "; need at least 0");
        }
        weights = weights.clone();
        firstMoment = firstMoment.clone();
        secondMoment = secondMoment.clone();
    }

    /**
     * The state before the first step: these weights, moments of 0; any optimiser goes on from it.
     */
    public static LearnerState fresh(Weights weights) {
        int size = weights.values().length;
        return new LearnerState(
                OptimiserConfig.Kind.ADAM, weights.values(), new float[size], new float[size], 0);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof LearnerState s
                && optimiser == s.optimiser
                && Arrays.equals(weights, s.weights)
                && Arrays.equals(firstMoment, s.firstMoment)
                && Arrays.equals(secondMoment, s.secondMoment)
                && steps == s.steps;
    }

    @Override
    public int hashCode() {
        int hash = 31 * Arrays.hashCode(weights) + Arrays.hashCode(firstMoment);
        return 31 * (31 * hash + Arrays.hashCode(secondMoment)) + Long.hashCode(steps);
    }

    @Override
    public String toString() {
        return "LearnerState[%d weights, %d steps of %s]"
                .formatted(weights.length, steps, optimiser);
    }
}
