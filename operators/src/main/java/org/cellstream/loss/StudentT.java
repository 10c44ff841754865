package org.cellstream.loss;

import java.util.List;

/**
 * The negative logarithm of the likelihood under Student's t distribution. The first output is its
 * location; its scale is the softplus of the second, and its degrees of freedom 2 and the softplus
 * of the third, each a thousandth more: above 2 it has a variance.
 *
 * @see <a href="https://doi.org/10.1080/01621459.1989.10478852">Lange, Little and Taylor 1989</a>
 * @see <a href="https://dlmf.nist.gov/5.11">DLMF 5.11</a>: the ratio of gamma functions
 */
final class StudentT implements Loss {

    private static final double LEAST_FREEDOM = 2 + Gaussian.FLOOR;

    /** From here on the series below is right to 1e-15. */
    private static final double LARGE = 20;

    @Override
    public int labels(int outputs) {
        checkOneTarget(outputs);
        return 1;
    }

    @Override
    public double row(double[] outputs, float[] labels, int at, double[] gradient) {
        double scale = Gaussian.scale(outputs[1]);
        double freedom = freedom(outputs[2]);
        double z = (labels[at] - outputs[0]) / scale;
        double square = z * z;
        double logTail = StrictMath.log1p(square / freedom);
        double pull = (freedom + 1) / (freedom + square);
        gradient[0] = -pull * z / scale;
        gradient[1] = (1 - pull * square) / scale * Outputs.sigmoid(outputs[1]);
        double ofFreedom =
                (1 / freedom - ratioSlope(freedom / 2) + logTail - pull * (square / freedom)) / 2;
        gradient[2] = ofFreedom * Outputs.sigmoid(outputs[2]);
        return StrictMath.log(scale)
                + StrictMath.log(Math.PI * freedom) / 2
                - logRatio(freedom / 2)
                + (freedom + 1) / 2 * logTail;
    }

    private static double freedom(double output) {
        return LEAST_FREEDOM + Outputs.softplus(output);
    }

    /**
     * log(gamma(x + 1/2) / gamma(x)): the difference of two logarithms of gamma would lose all
     * digits where x is large.
     */
    static double logRatio(double x) {
        double sum = 0;
        double large = x;
        for (; large < LARGE; large++) {
            sum += StrictMath.log(large / (large + 0.5));
        }
        double r = 1 / (large * large);
        double series = -1.0 / 8 + r * (1.0 / 192 + r * (-1.0 / 640 + r * 17 / 14336));
        return sum + StrictMath.log(large) / 2 + series / large;
    }

    /** The derivative of {@link #logRatio}. */
    static double ratioSlope(double x) {
        double sum = 0;
        double large = x;
        for (; large < LARGE; large++) {
            sum += 1 / large - 1 / (large + 0.5);
        }
        double r = 1 / (large * large);
        double series = 1.0 / 8 + r * (-3.0 / 192 + r * (5.0 / 640 + r * -119 / 14336));
        return sum + 1 / (2 * large) + series * r;
    }

    @Override
    public void checkOneTarget(int outputs) {
        Outputs.need(this, outputs, 3);
    }

    @Override
    public List<String> names(int outputs) {
        return List.of("location", "scale", "degreesOfFreedom");
    }

    @Override
    public double[] values(double[] outputs) {
        return new double[] {outputs[0], Gaussian.scale(outputs[1]), freedom(outputs[2])};
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
        return "student-t";
    }
}
