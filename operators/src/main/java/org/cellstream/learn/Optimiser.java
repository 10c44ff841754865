package org.cellstream.learn;

import org.cellstream.config.LearningConfig;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Clipping by global norm, then Adam, equal to PyTorch's {@code clip_grad_norm_} and {@code
 * optim.Adam}.
 *
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba 2015</a>: Adam, with its constants
 * @see <a href="https://proceedings.mlr.press/v28/pascanu13.html">Pascanu et al. 2013</a>: clipping
 */
final class Optimiser implements AutoCloseable {

    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;

    /** PyTorch's: keeps the clipped norm a little below the limit. */
    private static final double CLIP_EPSILON = 1e-6;

    private final ParameterMatrices parameters;
    private final double clipNorm;
    private final Matrix moments;
    private final Adam adam;
    private final AdamUpdater updater;
    private long steps;

    Optimiser(ParameterMatrices parameters, LearningConfig config) {
        int size = parameters.weights().size();
        this.parameters = parameters;
        this.clipNorm = config.clipNorm();
        this.moments = Matrix.allocate(parameters.precision(), 1, 2 * size);
        this.adam = new Adam(config.learningRate(), BETA_1, BETA_2, EPSILON);
        this.updater = new AdamUpdater(adam);
        updater.setStateViewArray(moments.array(), new long[] {1, size}, 'c', false);
    }

    void load(LearnerState state) {
        parameters.weights().put(0, state.weights());
        moments.put(0, state.firstMoment());
        moments.put(state.firstMoment().length, state.secondMoment());
        steps = state.steps();
    }

    LearnerState state() {
        int size = parameters.weights().size();
        float[] weights = new float[size];
        float[] firstMoment = new float[size];
        float[] secondMoment = new float[size];
        parameters.weights().copyTo(0, weights);
        moments.copyTo(0, firstMoment);
        moments.copyTo(size, secondMoment);
        return new LearnerState(weights, firstMoment, secondMoment, steps);
    }

    /** Steps taken so far. */
    long steps() {
        return steps;
    }

    /** Global norm of the gradient. */
    double gradientNorm() {
        Matrix gradient = parameters.gradient();
        int size = gradient.size();
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += gradient.get(i) * gradient.get(i);
        }
        return Math.sqrt(sum);
    }

    /** One step against the gradient, whose norm is given; the gradient is used up. */
    void step(double gradientNorm) {
        Matrix gradient = parameters.gradient();
        double scale = clipNorm / (gradientNorm + CLIP_EPSILON);
        if (scale < 1) {
            int size = gradient.size();
            for (int i = 0; i < size; i++) {
                gradient.set(i, scale * gradient.get(i));
            }
        }
        int iteration = (int) Math.min(steps, Integer.MAX_VALUE - 1);
        adam.setEpsilon(EPSILON * Math.sqrt(1 - Math.pow(BETA_2, iteration + 1)));
        updater.applyUpdater(gradient.array(), iteration, 0);
        parameters.weights().array().subi(gradient.array());
        steps++;
    }

    @Override
    public void close() {
        moments.close();
    }
}
