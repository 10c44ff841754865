package org.cellstream.loss;

import java.util.List;

/**
 * The cross-entropy of yes and no, of outputs before the sigmoid, each with a label of its own: the
 * probability of yes, usually 1 or 0. Its forecast is the probability of yes.
 *
 * @see <a href="https://doi.org/10.1111/j.2517-6161.1958.tb00292.x">Cox 1958</a>
 */
final class BinaryCrossEntropy implements Loss {

    @Override
    public int labels(int outputs) {
        return outputs;
    }

    @Override
    public boolean accepts(float label, int outputs) {
        return label >= 0 && label <= 1;
    }

    @Override
    public Target target() {
        return Target.CLASS;
    }

    @Override
    public double row(double[] outputs, float[] labels, int at, double[] gradient) {
        double sum = 0;
        for (int k = 0; k < outputs.length; k++) {
            double label = labels[at + k];
            // Both terms are above 0: no cancellation, whatever the output.
            sum +=
                    label * Outputs.softplus(-outputs[k])
                            + (1 - label) * Outputs.softplus(outputs[k]);
            gradient[k] = Outputs.sigmoid(outputs[k]) - label;
        }
        return sum;
    }

    @Override
    public void checkOneTarget(int outputs) {
        Outputs.need(this, outputs, 1);
    }

    @Override
    public int classes(int outputs) {
        return 2;
    }

    @Override
    public List<String> names(int outputs) {
        return List.of("probability");
    }

    @Override
    public double[] values(double[] outputs) {
        return new double[] {Outputs.sigmoid(outputs[0])};
    }

    @Override
    public void toTarget(double[] values, double target, double scale) {
        // Probabilities have no unit.
    }

    @Override
    public double point(double[] values) {
        return values[0] > 0.5 ? 1 : 0;
    }

    @Override
    public int forecasts(double[] values) {
        return 0;
    }

    @Override
    public String toString() {
        return "binary-cross-entropy";
    }
}
