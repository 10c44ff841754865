package org.cellstream.learn;

import org.cellstream.config.OptimiserConfig;

/** One kind of optimiser, with PyTorch's constants. Its moments belong to the caller. */
sealed interface Updates extends AutoCloseable permits AdamUpdates, Nd4jUpdates {

    /**
     * One step.
     *
     * @param weights {@code [1, P]}, overwritten
     * @param gradient {@code [1, P]}, read
     * @param rate the learning rate of this step
     * @param step steps before this one
     */
    void step(Matrix weights, Matrix gradient, double rate, int step);

    /**
     * The optimiser of that kind.
     *
     * @param moments the first moment, then the second, as far as there are any; zeros at first
     * @param parameters whose precision and size it is for
     */
    static Updates of(OptimiserConfig.Method method, Matrix moments, ParameterMatrices parameters) {
        return switch (method.kind()) {
            case ADAM, ADAMW -> new AdamUpdates(method.number(), moments);
            case SGD, RMSPROP, ADAGRAD -> new Nd4jUpdates(method, moments, parameters.precision());
        };
    }

    @Override
    void close();
}
