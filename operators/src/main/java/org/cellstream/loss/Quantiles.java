package org.cellstream.loss;

import java.util.Arrays;
import java.util.List;

/**
 * The pinball loss of several quantiles, as their mean. Quantiles never cross: the first output is
 * the lowest quantile, and each other one adds its softplus, which is above 0, to the quantile
 * below it. Where an error is 0 its slope is 0.
 *
 * @see <a href="https://doi.org/10.2307/1913643">Koenker and Bassett 1978</a>: the loss
 * @see <a href="https://doi.org/10.1007/s00180-018-0823-3">Cannon 2018</a>: on quantiles that do
 *     not cross; here by increments
 */
final class Quantiles implements Loss {

    private final double[] levels;
    private final int median;

    /**
     * @param levels above 0, below 1, rising
     */
    Quantiles(List<Double> levels) {
        this.levels = levels.stream().mapToDouble(Double::doubleValue).toArray();
        int nearest = 0;
        for (int q = 1; q < this.levels.length; q++) {
            if (Math.abs(this.levels[q] - 0.5) < Math.abs(this.levels[nearest] - 0.5)) {
                nearest = q;
            }
        }
        this.median = nearest;
    }

    @Override
    public int labels(int outputs) {
        checkOneTarget(outputs);
        return 1;
    }

    @Override
    public double row(double[] outputs, float[] labels, int at, double[] gradient) {
        double[] quantiles = values(outputs);
        double sum = 0;
        for (int q = 0; q < levels.length; q++) {
            double error = labels[at] - quantiles[q];
            sum += error >= 0 ? levels[q] * error : (levels[q] - 1) * error;
            gradient[q] = (error > 0 ? -levels[q] : error < 0 ? 1 - levels[q] : 0) / levels.length;
        }
        for (int q = levels.length - 2; q >= 0; q--) {
            gradient[q] += gradient[q + 1];
        }
        for (int q = 1; q < levels.length; q++) {
            gradient[q] *= Outputs.sigmoid(outputs[q]);
        }
        return sum / levels.length;
    }

    @Override
    public void checkOneTarget(int outputs) {
        Outputs.need(this, outputs, levels.length);
    }

    @Override
    public List<String> names(int outputs) {
        return Arrays.stream(levels).mapToObj(level -> "quantile" + level).toList();
    }

    @Override
    public double[] values(double[] outputs) {
        double[] quantiles = new double[levels.length];
        quantiles[0] = outputs[0];
        for (int q = 1; q < quantiles.length; q++) {
            quantiles[q] = quantiles[q - 1] + Outputs.softplus(outputs[q]);
        }
        return quantiles;
    }

    /** The quantile whose level is nearest to 0.5, the lower of two. */
    @Override
    public double point(double[] values) {
        return values[median];
    }

    @Override
    public int forecasts(double[] values) {
        return values.length;
    }

    @Override
    public boolean hasInterval() {
        return levels.length > 1;
    }

    @Override
    public String toString() {
        String list = Arrays.toString(levels);
        return "quantile(" + list.substring(1, list.length() - 1) + ")";
    }
}
