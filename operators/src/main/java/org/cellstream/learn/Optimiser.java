package org.cellstream.learn;

import org.cellstream.config.OptimiserConfig;

/**
 * Clipping by value and by global norm, then a step of the chosen optimiser at the schedule's rate;
 * equal to PyTorch's {@code clip_grad_value_}, {@code clip_grad_norm_} and {@code optim}.
 *
 * @see Updates
 * @see <a href="https://proceedings.mlr.press/v28/pascanu13.html">Pascanu et al. 2013</a>: clipping
 *     by norm
 */
final class Optimiser implements AutoCloseable {

    /** PyTorch's: keeps the clipped norm a little below the limit. */
    private static final double CLIP_EPSILON = 1e-6;

    /** Sums that the norm is made of. */
    private static final int PARTS = 8;

    private final ParameterMatrices parameters;
    private final OptimiserConfig config;
    private final Moments kept;
    private final Matrix moments;
    private final Updates updates;
    private long steps;
    private double rate = 1;

    Optimiser(ParameterMatrices parameters, OptimiserConfig config) {
        int size = parameters.weights().size();
        this.parameters = parameters;
        this.config = config;
        this.kept = Moments.of(config.method().kind());
        this.moments =
                Matrix.allocate(parameters.precision(), 1, kept.first(size) + kept.second(size));
        this.updates = Updates.of(config.method(), moments, parameters);
    }

    /** Goes on from a state; from its weights alone if another kind of optimiser made it. */
    void load(LearnerState state) {
        parameters.weights().put(0, state.weights());
        if (state.optimiser() == config.method().kind()) {
            moments.put(0, state.firstMoment());
            moments.put(state.firstMoment().length, state.secondMoment());
            steps = state.steps();
        } else {
            moments.fill(0);
            steps = 0;
        }
    }

    LearnerState state() {
        int size = parameters.weights().size();
        float[] weights = new float[size];
        float[] firstMoment = new float[kept.first(size)];
        float[] secondMoment = new float[kept.second(size)];
        parameters.weights().copyTo(0, weights);
        moments.copyTo(0, firstMoment);
        moments.copyTo(firstMoment.length, secondMoment);
        return new LearnerState(config.method().kind(), weights, firstMoment, secondMoment, steps);
    }

    /** Multiplies the learning rate of the next steps. */
    void rate(double factor) {
        rate = factor;
    }

    /** Steps taken so far. */
    long steps() {
        return steps;
    }

    /**
     * Global norm of the gradient. Its squares are added up in eight sums, each in its order, so
     * that no addition waits for the one before.
     */
    double gradientNorm() {
        Matrix gradient = parameters.gradient();
        int size = gradient.size();
        double[] sums = new double[PARTS];
        int i = 0;
        for (; i + PARTS <= size; i += PARTS) {
            for (int part = 0; part < PARTS; part++) {
                sums[part] += gradient.get(i + part) * gradient.get(i + part);
            }
        }
        double sum = 0;
        for (; i < size; i++) {
            sum += gradient.get(i) * gradient.get(i);
        }
        for (double part : sums) {
            sum += part;
        }
        return Math.sqrt(sum);
    }

    /** One step against the gradient, whose norm is given; the gradient is used up. */
    void step(double gradientNorm) {
        Double clipValue = config.clipValue();
        if (clipValue == null) {
            clipNorm(gradientNorm);
        } else {
            clipValues(clipValue);
            clipNorm(gradientNorm());
        }
        int iteration = (int) Math.min(steps, Integer.MAX_VALUE - 1);
        double size = rate * config.learningRate() * config.schedule().factorAt(steps);
        updates.step(parameters.weights(), parameters.gradient(), size, iteration);
        steps++;
    }

    private void clipNorm(double norm) {
        Matrix gradient = parameters.gradient();
        double scale = config.clipNorm() / (norm + CLIP_EPSILON);
        if (scale < 1) {
            int size = gradient.size();
            for (int i = 0; i < size; i++) {
                gradient.set(i, scale * gradient.get(i));
            }
        }
    }

    private void clipValues(double limit) {
        Matrix gradient = parameters.gradient();
        int size = gradient.size();
        for (int i = 0; i < size; i++) {
            gradient.set(i, Math.max(-limit, Math.min(limit, gradient.get(i))));
        }
    }

    @Override
    public void close() {
        updates.close();
        moments.close();
    }
}
