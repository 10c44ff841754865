package org.cellstream.config;

import java.io.Serializable;
import org.apache.flink.configuration.ReadableConfig;

/**
 * How the shared weights learn.
 *
 * @param window time steps of a window of truncated backpropagation
 * @param minibatch most windows of a minibatch
 * @param stepsPerMinibatch optimiser steps on each minibatch
 * @param loss what is made small
 * @param optimiser how
 */
public record LearningConfig(
        int window,
        int minibatch,
        int stepsPerMinibatch,
        LossConfig loss,
        OptimiserConfig optimiser)
        implements Serializable {

    /** The most windows of a minibatch where nobody said how many. */
    private static final int MOST_WINDOWS = 512;

    public LearningConfig {
        Checks.atLeast(CellstreamOptions.TRAINING_WINDOW, window, 1);
        Checks.atLeast(CellstreamOptions.TRAINING_MINIBATCH, minibatch, 1);
        Checks.atLeast(CellstreamOptions.TRAINING_STEPS_PER_MINIBATCH, stepsPerMinibatch, 1);
    }

    /** By the mean squared error and Adam. */
    public LearningConfig(
            int window,
            int minibatch,
            int stepsPerMinibatch,
            double learningRate,
            double clipNorm) {
        this(
                window,
                minibatch,
                stepsPerMinibatch,
                LossConfig.mse(),
                OptimiserConfig.adam(learningRate, clipNorm));
    }

    /** The same with windows of another length. */
    public LearningConfig window(int steps) {
        return new LearningConfig(steps, minibatch, stepsPerMinibatch, loss, optimiser);
    }

    /**
     * Windows that there is to be room for where {@code size} come: few different numbers, so that
     * room is made a few times only.
     */
    public int roomFor(int size) {
        int powerOfTwo = size == 1 ? 1 : 2 * Integer.highestOneBit(size - 1);
        return Math.min(powerOfTwo, minibatch);
    }

    public static LearningConfig from(ReadableConfig options) {
        return new LearningConfig(
                options.get(CellstreamOptions.TRAINING_WINDOW),
                options.getOptional(CellstreamOptions.TRAINING_MINIBATCH).orElse(MOST_WINDOWS),
                options.get(CellstreamOptions.TRAINING_STEPS_PER_MINIBATCH),
                LossConfig.from(options),
                OptimiserConfig.from(options));
    }
}
