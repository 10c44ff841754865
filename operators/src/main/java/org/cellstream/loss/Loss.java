package org.cellstream.loss;

import java.util.List;
import org.cellstream.config.LossConfig;

/**
 * A loss, and what the outputs of a network that learned by it mean.
 *
 * <p>A row is one time step of one key, with O outputs and L labels. Weights and masks of rows are
 * the caller's: the loss of a row is multiplied by its weight, and a row of weight 0 is not given.
 */
public sealed interface Loss
        permits Regression,
                BinaryCrossEntropy,
                CategoricalCrossEntropy,
                Quantiles,
                Gaussian,
                StudentT {

    /** What the labels of one target are. */
    enum Target {
        /** The change of the target to the next event, in units of the key's scale. */
        CHANGE,
        /** The target at the next event itself: a class, counted from 0. */
        CLASS
    }

    /** The loss that these words stand for. */
    static Loss of(LossConfig config) {
        return switch (config.kind()) {
            case MSE -> new SquaredError();
            case MAE -> new AbsoluteError();
            case HUBER -> new Huber(config.numbers().get(0));
            case BINARY_CROSS_ENTROPY -> new BinaryCrossEntropy();
            case CATEGORICAL_CROSS_ENTROPY -> new CategoricalCrossEntropy();
            case QUANTILE -> new Quantiles(config.numbers());
            case GAUSSIAN -> new Gaussian();
            case STUDENT_T -> new StudentT();
        };
    }

    /**
     * Labels of a row.
     *
     * @param outputs O
     * @throws IllegalArgumentException if no network of so many outputs can learn by this loss
     */
    int labels(int outputs);

    /** Whether this may be a label; NaN never is. */
    default boolean accepts(float label, int outputs) {
        return Float.isFinite(label);
    }

    /** What the labels of one target are. */
    default Target target() {
        return Target.CHANGE;
    }

    /**
     * The loss of one row, divided by nothing, and its gradient.
     *
     * @param outputs {@code [O]}
     * @param labels where the row's {@code [L]} start at {@code at}, each one that this loss
     *     accepts
     * @param gradient with respect to the outputs {@code [O]}, overwritten
     */
    double row(double[] outputs, float[] labels, int at, double[] gradient);

    /**
     * Checks that a network's outputs are what a forecast of one target needs.
     *
     * @throws IllegalArgumentException if they are not; the message has both numbers
     */
    void checkOneTarget(int outputs);

    /**
     * Classes of the target.
     *
     * @return 0 if it is a number and no class
     */
    default int classes(int outputs) {
        return 0;
    }

    /** What {@link #values} are called, one name each. */
    List<String> names(int outputs);

    /**
     * What the outputs say of one target: for a change in units of the key's scale, for classes
     * their probabilities.
     *
     * @param outputs {@code [O]}
     * @return the values of a forecast, in the order of {@link #names}
     */
    double[] values(double[] outputs);

    /**
     * Brings {@link #values} from units of the key's scale to those of the target.
     *
     * @param values overwritten
     * @param target the key's last target
     * @param scale of the key's changes, at least 0
     */
    default void toTarget(double[] values, double target, double scale) {
        for (int i = 0; i < values.length; i++) {
            values[i] = target + scale * values[i];
        }
    }

    /** The point forecast among values: a mean, a median or the number of the likeliest class. */
    double point(double[] values);

    /**
     * Which of the values are themselves forecasts of the target, as a quantile is and a scale is
     * not.
     *
     * @return how many of the first values are
     */
    default int forecasts(double[] values) {
        return 1;
    }

    /** Whether the first and the last value bound an interval whose coverage can be counted. */
    default boolean hasInterval() {
        return false;
    }
}
