package org.cellstream.loss;

import java.util.List;

/**
 * The negative logarithm of the likelihood under a normal distribution. The first output is its
 * mean; its standard deviation is the softplus of the second, and {@link #FLOOR} more.
 *
 * @see <a href="https://doi.org/10.1109/ICNN.1994.374138">Nix and Weigend 1994</a>
 */
final class Gaussian implements Loss {

    /** Added to a scale: a thousandth of the labels' unit. */
    static final double FLOOR = 1e-3;

    private static final double HALF_LOG_2_PI = StrictMath.log(2 * Math.PI) / 2;

    @Override
    public int labels(int outputs) {
        checkOneTarget(outputs);
        return 1;
    }

    @Override
    public double row(double[] outputs, float[] labels, int at, double[] gradient) {
        double scale = scale(outputs[1]);
        double z = (labels[at] - outputs[0]) / scale;
        gradient[0] = -z / scale;
        gradient[1] = (1 - z * z) / scale * Outputs.sigmoid(outputs[1]);
        return HALF_LOG_2_PI + StrictMath.log(scale) + z * z / 2;
    }

    static double scale(double output) {
        return Outputs.softplus(output) + FLOOR;
    }

    @Override
    public void checkOneTarget(int outputs) {
        Outputs.need(this, outputs, 2);
    }

    @Override
    public List<String> names(int outputs) {
        return List.of("mean", "scale");
    }

    @Override
    public double[] values(double[] outputs) {
        return new double[] {outputs[0], scale(outputs[1])};
    }

    @Override
    public void toTarget(double[] values, double target, double scale) {
        values[0] = target + scale * values[0];
        values[1] *= scale;
    }

    @Override
    public double point(double[] values) {
        return values[0];
    }

    @Override
    public String toString() {
        return "gaussian";
    }
}
