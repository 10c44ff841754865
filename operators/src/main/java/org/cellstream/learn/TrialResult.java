package org.cellstream.learn;

import java.util.Arrays;

/**
 * How weights did on some windows. Sums are over time steps, each times its weight, in double and
 * in one order.
 *
 * @param error sum of absolute errors of the point forecasts, or for losses of classes of the loss;
 *     not finite if a forecast was not
 * @param persistence the same sum for repeating the last value; NaN for classes
 * @param weight sum of the weights
 * @param samples time steps that weigh anything
 * @param starts for each window the state before its first step {@code [windows][S]}; owned by this
 *     record
 * @param ends for each window the state after its last step {@code [windows][S]}; owned by this
 *     record
 */
public record TrialResult(
        double error,
        double persistence,
        double weight,
        long samples,
        float[][] starts,
        float[][] ends) {

    @Override
    public boolean equals(Object o) {
        return o instanceof TrialResult r
                && Double.compare(error, r.error) == 0
                && Double.compare(persistence, r.persistence) == 0
                && weight == r.weight
                && samples == r.samples
                && Arrays.deepEquals(starts, r.starts)
                && Arrays.deepEquals(ends, r.ends);
    }

    @Override
    public int hashCode() {
        return 31 * Double.hashCode(error) + Arrays.deepHashCode(ends);
    }

    @Override
    public String toString() {
        return "TrialResult[error %s, persistence %s, weight %s]"
                .formatted(error, persistence, weight);
    }
}
