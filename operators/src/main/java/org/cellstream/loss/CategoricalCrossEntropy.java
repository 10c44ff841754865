package org.cellstream.loss;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The cross-entropy of O classes, of outputs before the softmax; the label is the number of the
 * class, from 0. Its forecast is the probability of each class.
 *
 * @see <a href="https://doi.org/10.1007/978-3-642-76153-9_28">Bridle 1990</a>: softmax
 */
final class CategoricalCrossEntropy implements Loss {

    @Override
    public int labels(int outputs) {
        checkOneTarget(outputs);
        return 1;
    }

    @Override
    public boolean accepts(float label, int outputs) {
        return Outputs.isClass(label, outputs);
    }

    @Override
    public Target target() {
        return Target.CLASS;
    }

    @Override
    public double row(double[] outputs, float[] labels, int at, double[] gradient) {
        int label = (int) labels[at];
        double largest = largest(outputs);
        double sum = softmax(outputs, largest, gradient);
        gradient[label] -= 1;
        return StrictMath.log(sum) + (largest - outputs[label]);
    }

    /** Writes the probabilities; returns the sum of exp(output - largest). */
    private static double softmax(double[] outputs, double largest, double[] probabilities) {
        double sum = 0;
        for (int k = 0; k < outputs.length; k++) {
            probabilities[k] = StrictMath.exp(outputs[k] - largest);
            sum += probabilities[k];
        }
        for (int k = 0; k < outputs.length; k++) {
            probabilities[k] /= sum;
        }
        return sum;
    }

    private static double largest(double[] outputs) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double output : outputs) {
            largest = Math.max(largest, output);
        }
        return largest;
    }

    @Override
    public void checkOneTarget(int outputs) {
        if (outputs < 2) {
            throw new IllegalArgumentException(
                    "the network has %d outputs; the loss %s needs one for each class, at least 2"
                            .formatted(outputs, this));
        }
    }

    @Override
    public int classes(int outputs) {
        return outputs;
    }

    @Override
    public List<String> names(int outputs) {
        return IntStream.range(0, outputs).mapToObj(k -> "probability" + k).toList();
    }

    @Override
    public double[] values(double[] outputs) {
        double[] probabilities = new double[outputs.length];
        softmax(outputs, largest(outputs), probabilities);
        return probabilities;
    }

    @Override
    public void toTarget(double[] values, double target, double scale) {
        // Probabilities have no unit.
    }

    /** The first of the likeliest classes. */
    @Override
    public double point(double[] values) {
        int likeliest = 0;
        for (int k = 1; k < values.length; k++) {
            if (values[k] > values[likeliest]) {
                likeliest = k;
            }
        }
        return likeliest;
    }

    @Override
    public int forecasts(double[] values) {
        return 0;
    }

    @Override
    public String toString() {
        return "categorical-cross-entropy";
    }
}
