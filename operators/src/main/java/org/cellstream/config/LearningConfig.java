package org.cellstream.config;

import java.io.Serializable;
import org.apache.flink.configuration.ReadableConfig;

/**
 * How the shared weights learn.
 *
 * @param window time steps of a window of truncated backpropagation
 * @param minibatch windows that make one minibatch
 * @param stepsPerMinibatch optimiser steps on each minibatch
 * @param learningRate step size of Adam
 * @param clipNorm largest global norm of a gradient
 */
public record LearningConfig(
        int window, int minibatch, int stepsPerMinibatch, double learningRate, double clipNorm)
        implements Serializable {

    public LearningConfig {
        Checks.atLeast(CellstreamOptions.TRAINING_WINDOW, window, 1);
        Checks.atLeast(CellstreamOptions.TRAINING_MINIBATCH, minibatch, 1);
        Checks.atLeast(CellstreamOptions.TRAINING_STEPS_PER_MINIBATCH, stepsPerMinibatch, 1);
        Checks.positive(CellstreamOptions.TRAINING_LEARNING_RATE, learningRate);
        Checks.positive(CellstreamOptions.TRAINING_CLIP_NORM, clipNorm);
    }

    public static LearningConfig from(ReadableConfig options) {
        return new LearningConfig(
                options.get(CellstreamOptions.TRAINING_WINDOW),
                options.get(CellstreamOptions.TRAINING_MINIBATCH),
                options.get(CellstreamOptions.TRAINING_STEPS_PER_MINIBATCH),
                options.get(CellstreamOptions.TRAINING_LEARNING_RATE),
                options.get(CellstreamOptions.TRAINING_CLIP_NORM));
    }
}
