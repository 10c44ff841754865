package org.cellstream.learn;

import java.util.Arrays;
import org.cellstream.nn.Weights;

/**
 * All that a {@link Learner} remembers: one that is made from this state goes on with the same bits
 * as the one it was taken from.
 *
 * @param weights the network's weights {@code [P]}; copied
 * @param firstMoment Adam's running mean of the gradient {@code [P]}; copied
 * @param secondMoment Adam's running mean of its square {@code [P]}; copied
 * @param steps optimiser steps taken so far
 */
public record LearnerState(float[] weights, float[] firstMoment, float[] secondMoment, long steps) {

    public LearnerState {
        if (firstMoment.length != weights.length || secondMoment.length != weights.length) {
            throw new IllegalArgumentException(
                    "moments have %d and %d floats; %d weights need as many"
                            .formatted(firstMoment.length, secondMoment.length, weights.length));
        }
        if (steps < 0) {
            throw new IllegalArgumentException("steps is " + steps + "; need at least 0");
        }
        weights = weights.clone();
        firstMoment = firstMoment.clone();
        secondMoment = secondMoment.clone();
    }

    /** The state before the first step: these weights, moments of 0. */
    public static LearnerState fresh(Weights weights) {
        int size = weights.values().length;
        return new LearnerState(weights.values(), new float[size], new float[size], 0);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof LearnerState s
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
        return "LearnerState[" + weights.length + " weights, " + steps + " steps]";
    }
}
