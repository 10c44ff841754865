package org.cellstream.learn;

import java.util.Arrays;

/**
 * What one minibatch gave. Loss, norm and ends are those of the first forward and backward pass,
 * under the weights as they were before the minibatch.
 *
 * @param loss mean over steps and labels of the loss, weighted by the steps' weights; 0 if all
 *     steps are masked
 * @param gradientNorm global norm of the gradient before clipping
 * @param ends for each window the state after its last step {@code [windows][S]}; owned by this
 *     record
 * @param applied whether the weights have learnt. If not, because a loss or a norm was not finite
 *     or because all steps are masked, weights, moments and step count are as before the minibatch
 */
public record MinibatchResult(double loss, double gradientNorm, float[][] ends, boolean applied) {

    MinibatchResult notApplied() {
        return new MinibatchResult(loss, gradientNorm, ends, false);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof MinibatchResult r
                && Double.compare(loss, r.loss) == 0
                && Double.compare(gradientNorm, r.gradientNorm) == 0
                && Arrays.deepEquals(ends, r.ends)
                && applied == r.applied;
    }

    @Override
    public int hashCode() {
        int hash = 31 * Double.hashCode(loss) + Double.hashCode(gradientNorm);
        return 31 * (31 * hash + Arrays.deepHashCode(ends)) + Boolean.hashCode(applied);
    }

    @Override
    public String toString() {
        return "MinibatchResult[%d windows, loss %s, gradientNorm %s, %s]"
                .formatted(ends.length, loss, gradientNorm, applied ? "applied" : "not applied");
    }
}
