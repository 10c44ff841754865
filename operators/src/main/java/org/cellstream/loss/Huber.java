package org.cellstream.loss;

/**
 * Half the squared error up to delta, a line from there on; its forecast lies between mean and
 * median.
 *
 * @see <a href="https://doi.org/10.1214/aoms/1177703732">Huber 1964</a>
 */
final class Huber extends Regression {

    private final double delta;

    /**
     * @param delta above 0, in units of the labels
     */
    Huber(double delta) {
        this.delta = delta;
    }

    @Override
    double of(double error) {
        double size = Math.abs(error);
        return size <= delta ? error * error / 2 : delta * (size - delta / 2);
    }

    @Override
    double slope(double error) {
        return Math.max(-delta, Math.min(delta, error));
    }

    @Override
    public String toString() {
        return "huber(" + delta + ")";
    }
}
