package org.cellstream.learn;

/** The loss: the squared error, each row by its weight. */
final class SquaredError {

    private SquaredError() {}

    /**
     * The sum of weighted squared errors, in double and in the order of the rows.
     *
     * @param outputs {@code [N, O]}, read
     * @param normaliser what the gradient is divided by: sum of all weights times O
     * @param gradient gradient of sum / normaliser with respect to the outputs {@code [N, O]},
     *     overwritten
     */
    static double sum(Matrix outputs, Targets targets, double normaliser, Matrix gradient) {
        int width = outputs.columns();
        double sum = 0;
        for (int n = 0; n < targets.weights().length; n++) {
            double weight = targets.weights()[n];
            for (int k = n * width; k < (n + 1) * width; k++) {
                double error = weight == 0 ? 0 : outputs.get(k) - targets.labels()[k];
                sum += weight * error * error;
                gradient.set(k, weight == 0 ? 0 : 2 * weight * error / normaliser);
            }
        }
        return sum;
    }
}
