package org.cellstream.learn;

import org.cellstream.nn.AdamNumbers;
import org.cellstream.nn.LearningKernels;

/**
 * Adam, and AdamW where there is weight decay: each weight first shrinks by rate times decay.
 *
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba 2015</a>: Adam, with its constants
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter 2019</a>: AdamW; decay
 *     times rate as in PyTorch
 */
final class AdamUpdates implements Updates {

    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final double decay;
    private final Matrix moments;

    AdamUpdates(double decay, Matrix moments) {
        this.decay = decay;
        this.moments = moments;
    }

    @Override
    public void step(Matrix weights, Matrix gradient, double rate, int step) {
        double kept = 1 - rate * decay;
        double correction = Math.sqrt(1 - Math.pow(BETA_2, step + 1.0));
        double corrected = rate * correction / (1 - Math.pow(BETA_1, step + 1.0));
        double epsilon = EPSILON * correction;
        if (weights instanceof FloatMatrix w
                && gradient instanceof FloatMatrix g
                && moments instanceof FloatMatrix m) {
            AdamNumbers numbers =
                    new AdamNumbers(
                            (float) BETA_1,
                            (float) (1 - BETA_1),
                            (float) BETA_2,
                            (float) (1 - BETA_2),
                            (float) kept,
                            (float) corrected,
                            (float) epsilon);
            LearningKernels.best().adam(numbers, w.array(), g.array(), m.array());
            return;
        }
        int size = weights.size();
        for (int p = 0; p < size; p++) {
            double g = gradient.get(p);
            double first = BETA_1 * moments.get(p) + (1 - BETA_1) * g;
            double second = BETA_2 * moments.get(size + p) + (1 - BETA_2) * g * g;
            moments.set(p, first);
            moments.set(size + p, second);
            double change = corrected * first / (Math.sqrt(second) + epsilon);
            weights.set(p, kept * weights.get(p) - change);
        }
    }

    @Override
    public void close() {}
}
