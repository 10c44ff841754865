package org.cellstream.inference;

import org.cellstream.loss.Loss;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;
import org.jspecify.annotations.Nullable;

/**
 * Knows what a network's outputs mean: makes a forecast's values of them, and says how good the
 * ones made before were. What a key's memory keeps of a forecast is its point, then, where it has
 * an interval, the interval's two ends.
 */
final class Head {

    private static final int LOWEST = 1;
    private static final int HIGHEST = 2;
    private static final int WITH_INTERVAL = 3;

    private final Loss loss;
    private final Intake intake;
    private final double[] row;
    private final double[] point = new double[1];
    private final double[] withInterval = new double[WITH_INTERVAL];

    /**
     * @param outputs of the network
     * @throws IllegalArgumentException if they are not what the loss of one target needs
     */
    Head(Loss loss, Intake intake, int outputs) {
        loss.checkOneTarget(outputs);
        this.loss = loss;
        this.intake = intake;
        this.row = new double[outputs];
    }

    /** How an event met the forecast made for it. */
    enum Verdict {
        /** There was none, or it was of a kind that has no verdict. */
        NONE,
        INSIDE_INTERVAL,
        OUTSIDE_INTERVAL,
        RIGHT_CLASS,
        WRONG_CLASS
    }

    /**
     * The values of a forecast.
     *
     * @param y outputs of many rows
     * @param index of this one's
     * @return null if an output or a value is not finite
     */
    double @Nullable [] values(float[] y, int index, KeyMemory memory) {
        for (int k = 0; k < row.length; k++) {
            row[k] = y[index * row.length + k];
            if (!Double.isFinite(row[k])) {
                return null;
            }
        }
        double[] values = loss.values(row);
        // The network predicts the change in units of the key's scale: a network that knows nothing
        // repeats the last value.
        loss.toTarget(values, intake.target(memory), intake.changeScale(memory));
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return null;
            }
        }
        return values;
    }

    /**
     * Those values that are forecasts of the target, or the likeliest class, without transforms.
     */
    double[] raw(double[] values, KeyMemory memory) {
        int forecasts = loss.forecasts(values);
        if (forecasts == 0) {
            return intake.undo(new double[] {loss.point(values)}, 1, memory);
        }
        return intake.undo(values, forecasts, memory);
    }

    /**
     * What a memory keeps of a forecast.
     *
     * @return overwritten by the next call
     */
    double[] kept(double[] values) {
        double[] kept = loss.hasInterval() ? withInterval : point;
        kept[0] = loss.point(values);
        if (kept == withInterval) {
            kept[LOWEST] = values[0];
            kept[HIGHEST] = values[values.length - 1];
        }
        return kept;
    }

    /**
     * How far a target is from what was expected: the difference, or for classes 0 if it is the
     * same and 1 if it is another.
     *
     * @param expected NaN for nothing
     */
    double error(double target, double expected) {
        if (loss.target() == Loss.Target.CHANGE || Double.isNaN(expected)) {
            return target - expected;
        }
        return target == expected ? 0 : 1;
    }

    /** As {@link #error} of a label, and NaN where there is none. */
    double labelError(double label, double expected) {
        return Double.isNaN(label) ? Double.NaN : error(label, expected);
    }

    /** As {@link #verdict} of a label, and none where there is none. */
    Verdict labelVerdict(double label, double[] kept) {
        return Double.isNaN(label) ? Verdict.NONE : verdict(label, kept);
    }

    /**
     * How a target met its forecast.
     *
     * @param kept what the memory kept of it; null for nothing
     */
    Verdict verdict(double target, double @Nullable [] kept) {
        if (kept == null) {
            return Verdict.NONE;
        }
        if (loss.target() == Loss.Target.CLASS) {
            return target == kept[0] ? Verdict.RIGHT_CLASS : Verdict.WRONG_CLASS;
        }
        if (!loss.hasInterval() || kept.length != WITH_INTERVAL) {
            return Verdict.NONE; // made by another loss before
        }
        return target >= kept[LOWEST] && target <= kept[HIGHEST]
                ? Verdict.INSIDE_INTERVAL
                : Verdict.OUTSIDE_INTERVAL;
    }
}
