package org.cellstream.experts;

/**
 * The mean of what experts say, each weighing exp(-r L): L is the sum of its absolute errors so
 * far, in units of the mixture's own mean error at the time, each event counting 0.995 of the next;
 * r is 0.25. Of one that cannot say, the mixture's own error counts. The network, which has learned
 * from other keys too, starts with L = 0 and all others with 8.
 *
 * <p><b>Bound</b>: let all losses be in [0, B]. For the sums with these discounts, up to any event,
 * the mixture's is at most that of the best of N experts + 8 + ln N / r + r B^2 / (8 (1 - 0.995)),
 * which is 8 + 4 ln N + 6.25 B^2. As for Theorem 2.2 of the book below, by Hoeffding's inequality
 * and the convexity of the absolute error a step's loss is at most the growth of <i>-1/r ln(mean of
 * exp(-r L))</i> + r B^2 / 8, and discounting all L makes the former no smaller than 0.995 of
 * itself by Jensen's inequality. So the discounted regret against following any one expert outright
 * does not grow with time. In practice it is far below the bound, which holds for any sequence.
 *
 * <p>Differs from that in two ways. No L is ever more than 60 above the least, so that an expert
 * that was far behind is heard again soon when the others fail; that costs at most N exp(-15) / r
 * an event. And what is mixed of a forecast is confined to a wide range around the last target: one
 * of little weight must not throw the mean far off.
 *
 * @see <a href="https://doi.org/10.1017/CBO9780511546921">Cesa-Bianchi and Lugosi 2006</a>, chapter
 *     2.2: the exponentially weighted average forecaster; 2.11: discounted regret
 * @see <a href="https://doi.org/10.1145/258533.258616">Freund et al. 1997</a>: experts that cannot
 *     always say
 * @see <a href="https://doi.org/10.1023/A:1007424614876">Herbster and Warmuth 1998</a>: weights
 *     that never vanish
 */
final class Mixture {

    private static final double RATE = 0.25;
    private static final double DISCOUNT = 0.995;

    /** How far behind one expert all others are at the beginning. */
    private static final double START_BEHIND = 8;

    /** The most that an expert is behind the best one. */
    private static final double MOST_BEHIND = 60;

    /** Beside the best one's 1, a weight below exp of this is nothing. */
    private static final double LEAST_LN_WEIGHT = -12;

    /** A first mean error means little: the n-th event's loss is at most n + 1 for so long. */
    private static final int FIRST_EVENTS = 30;

    /** Of an error where there never was one; differences between losses stay exact to 1e-4. */
    private static final double MOST_LOSS = 1e12;

    private final int experts;
    private final boolean best;
    private final int forecasts;
    private final int losses;
    private final double[] weights;
    private int speaker;
    private double share;

    /**
     * @param experts how many there are
     * @param best whether only what the best one says counts
     * @param at where the doubles of a key are
     */
    Mixture(int experts, boolean best, int at) {
        this.experts = experts;
        this.best = best;
        this.forecasts = at;
        this.losses = at + experts;
        this.weights = new double[experts];
    }

    /** Doubles of a key. */
    static int size(int experts) {
        return 2 * experts;
    }

    /**
     * Sets the numbers of a key never seen.
     *
     * @param ahead the expert that is trusted more than the others; -1 for none
     */
    void start(double[] memory, int ahead) {
        for (int i = 0; i < experts && ahead >= 0; i++) {
            memory[losses + i] = i == ahead ? 0 : START_BEHIND;
        }
    }

    /**
     * Takes in how far the experts and the mixture were from the target at hand.
     *
     * @param error of the mixture
     * @param calibration of its errors before
     */
    void meet(double[] memory, double target, double error, Calibration calibration) {
        double mean = calibration.mean(memory);
        double count = calibration.errors(memory);
        if (count == 0) {
            return; // errors have no unit yet
        }
        double most = count < FIRST_EVENTS ? count + 2 : MOST_LOSS;
        double own = loss(error, mean, most);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < experts; i++) {
            double said = memory[forecasts + i];
            double loss = Double.isNaN(said) ? own : loss(target - said, mean, most);
            double sum = DISCOUNT * memory[losses + i] + loss;
            memory[losses + i] = sum;
            least = Math.min(least, sum);
        }
        for (int i = 0; i < experts; i++) { // only differences matter
            memory[losses + i] = Math.min(MOST_BEHIND, memory[losses + i] - least);
        }
    }

    private static double loss(double error, double mean, double most) {
        double size = Math.abs(error);
        return size == 0 ? 0 : Math.min(most, size / mean); // of a mean of 0 the most
    }

    /** Notes what an expert says of the next target; NaN or infinite if it cannot say. */
    void note(double[] memory, int expert, double forecast) {
        memory[forecasts + expert] = Double.isFinite(forecast) ? forecast : Double.NaN;
    }

    /**
     * What the experts say together.
     *
     * @param last target
     * @param reach how far from it what is mixed may be
     * @return NaN if none can say
     */
    double speak(double[] memory, double last, double reach) {
        speaker = -1;
        for (int i = 0; i < experts; i++) {
            boolean says = !Double.isNaN(memory[forecasts + i]);
            if (says && (speaker < 0 || memory[losses + i] < memory[losses + speaker])) {
                speaker = i;
            }
        }
        if (speaker < 0) {
            return Double.NaN;
        }
        double sum = weigh(memory);
        share = weights[speaker] / sum;
        double said = memory[forecasts + speaker];
        if (share == 1 && (experts == 1 || Math.abs(said - last) <= reach)) {
            return said;
        }
        double change = 0;
        for (int i = 0; i < experts; i++) {
            if (weights[i] > 0) {
                double of = memory[forecasts + i] - last;
                change += weights[i] * Math.max(-reach, Math.min(reach, of));
            }
        }
        return last + change / sum;
    }

    /** Weights beside that of the best, which is 1; returns their sum. */
    private double weigh(double[] memory) {
        double sum = 0;
        for (int i = 0; i < experts; i++) {
            double behind = memory[losses + i] - memory[losses + speaker];
            double ln = -RATE * DISCOUNT * behind;
            boolean says = !best && !Double.isNaN(memory[forecasts + i]);
            boolean counts = i == speaker || (says && ln > LEAST_LN_WEIGHT);
            weights[i] = !counts ? 0 : ln == 0 ? 1 : StrictMath.exp(ln);
            sum += weights[i];
        }
        return sum;
    }

    /** The expert of the largest weight in what was said last. */
    int speaker() {
        return speaker;
    }

    /** Its part of all weights. */
    double share() {
        return share;
    }
}
