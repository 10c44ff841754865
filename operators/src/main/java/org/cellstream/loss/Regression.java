package org.cellstream.loss;

import java.util.List;

/** Losses of errors, each output having a label of its own: O labels. */
abstract sealed class Regression implements Loss permits SquaredError, AbsoluteError, Huber {

    @Override
    public final int labels(int outputs) {
        return outputs;
    }

    @Override
    public final double row(double[] outputs, float[] labels, int at, double[] gradient) {
        double sum = 0;
        for (int k = 0; k < outputs.length; k++) {
            double error = outputs[k] - labels[at + k];
            sum += of(error);
            gradient[k] = slope(error);
        }
        return sum;
    }

    /** The loss of one error, output minus label. */
    abstract double of(double error);

    /** Its derivative. */
    abstract double slope(double error);

    @Override
    public final void checkOneTarget(int outputs) {
        Outputs.need(this, outputs, 1);
    }

    @Override
    public final List<String> names(int outputs) {
        return List.of("forecast");
    }

    @Override
    public final double[] values(double[] outputs) {
        return outputs.clone();
    }

    @Override
    public final double point(double[] values) {
        return values[0];
    }
}
