package org.cellstream.loss;

/** The absolute error, of slope 0 where the error is 0; its forecast is the median. */
final class AbsoluteError extends Regression {

    @Override
    double of(double error) {
        return Math.abs(error);
    }

    @Override
    double slope(double error) {
        return Math.signum(error);
    }

    @Override
    public String toString() {
        return "mae";
    }
}
