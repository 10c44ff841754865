package org.cellstream.loss;

/** The squared error; its forecast is the mean. */
final class SquaredError extends Regression {

    @Override
    double of(double error) {
        return error * error;
    }

    @Override
    double slope(double error) {
        return 2 * error;
    }

    @Override
    public String toString() {
        return "mse";
    }
}
