package org.cellstream.learn;

import org.cellstream.loss.Loss;

/** A loss over many rows, each by its weight. */
final class WeightedLoss {

    private WeightedLoss() {}

    /**
     * The sum of weighted losses, in double and in the order of the rows.
     *
     * @param outputs {@code [N, O]}, read
     * @param normaliser what the gradient is divided by: sum of all weights times labels of a row
     * @param gradient gradient of sum / normaliser with respect to the outputs {@code [N, O]},
     *     overwritten
     */
    static double sum(
            Loss loss, Matrix outputs, Targets targets, double normaliser, Matrix gradient) {
        int width = outputs.columns();
        int labels = loss.labels(width);
        double[] row = new double[width];
        double[] slope = new double[width];
        double sum = 0;
        for (int n = 0; n < targets.weights().length; n++) {
            double weight = targets.weights()[n];
            if (weight == 0) {
                for (int k = 0; k < width; k++) {
                    gradient.set(n * width + k, 0);
                }
                continue;
            }
            for (int k = 0; k < width; k++) {
                row[k] = outputs.get(n * width + k);
            }
            sum += weight * loss.row(row, targets.labels(), n * labels, slope);
            for (int k = 0; k < width; k++) {
                gradient.set(n * width + k, weight * slope[k] / normaliser);
            }
        }
        return sum;
    }
}
