package org.cellstream.experts;

import java.util.Arrays;

/**
 * Linear regression learned one observation at a time, older ones counting less and less: with the
 * coefficients t, the inputs x and P the inverse of the weighted sum of x x', as
 *
 * <pre>
 * e = target - x' t,   w = min(1, large / |e|)
 * K = P x / (f / w + x' P x),   t = t + K e,   P = (P - K x' P) / f
 * </pre>
 *
 * <p>with the forgetting factor f. By the weight w of an observation its loss is Huber's, squared
 * up to {@code large} and absolute beyond it: one outlier hardly moves the coefficients, and where
 * errors are lopsided they tend to the median rather than the mean. P is kept as U D U', U upper
 * triangular with ones on its diagonal and D diagonal and positive, so that rounding can never make
 * it anything but symmetric and positive.
 *
 * <p>Where inputs do not vary, forgetting would make P grow without bound, and the first input that
 * does vary would throw the coefficients far off. So no number of D exceeds what it was at the
 * start: what has long told nothing is as uncertain as at first, while all else is forgotten as it
 * should be. Should the trace of P grow beyond a multiple of the first all the same, P is scaled
 * down.
 *
 * <p>The numbers of one key are float32, in an array of the caller: n coefficients, then the
 * columns of U, each with its number of D in place of the one on the diagonal. One object serves
 * any number of keys; one thread.
 *
 * @see <a href="https://mitpress.mit.edu/9780262620581/">Ljung and Söderström 1983</a>, chapter
 *     2.2: the recursion with forgetting
 * @see <a href="https://doi.org/10.1016/S0076-5392(08)60872-1">Bierman 1977</a>, chapter V.3: the
 *     update of U and D; here with f / w for the noise's variance
 * @see <a href="https://doi.org/10.1214/aoms/1177703732">Huber 1964</a>: the loss; here each weight
 *     is that of the error when the observation came
 */
final class RecursiveLeastSquares {

    /** The least number of D: one that is nearly 0 would not grow again in thousands of steps. */
    private static final double LEAST = 1e-5;

    /** The most that the trace of P is, in units of that at the start. */
    private static final double MOST_TRACE = 10;

    private final int n;
    private final double forgetting;
    private final double first;
    private final double large;
    private final double mostTrace;
    private final double[] projected;
    private final double[] gain;

    /**
     * @param n inputs
     * @param forgetting weight of an observation against that of the next one, in (0, 1]
     * @param first how uncertain each coefficient is at the start, as its variance in units of the
     *     noise's: large for one that may be anything
     * @param large errors beyond it count less; infinite for none
     */
    RecursiveLeastSquares(int n, double forgetting, double first, double large) {
        this.n = n;
        this.forgetting = forgetting;
        this.first = first;
        this.large = large;
        this.mostTrace = MOST_TRACE * first * n;
        this.projected = new double[n];
        this.gain = new double[n];
    }

    /** Floats of one key. */
    int size() {
        return n + n * (n + 1) / 2;
    }

    /** Makes the numbers of a key those of one that has seen nothing: coefficients 0. */
    void start(float[] memory, int at) {
        Arrays.fill(memory, at, at + size(), 0);
        for (int j = 0; j < n; j++) {
            memory[column(at, j) + j] = (float) first;
        }
    }

    private int column(int at, int j) {
        return at + n + j * (j + 1) / 2;
    }

    /**
     * What the coefficients make of inputs.
     *
     * @param x {@code [n]}, read only
     */
    double predict(float[] memory, int at, double[] x) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += memory[at + i] * x[i];
        }
        return sum;
    }

    /**
     * Learns from one observation. One that is not finite is passed over; coefficients that are not
     * finite any more start anew.
     *
     * @param x {@code [n]}, read only
     */
    void learn(float[] memory, int at, double[] x, double target) {
        double error = target - predict(memory, at, x);
        if (!Double.isFinite(error)) {
            return;
        }
        project(memory, at, x);
        double weight = Math.min(1, large / Math.abs(error));
        double variance = forgetting / weight; // then plus x' P x, input after input
        double trace = 0;
        for (int j = 0; j < n; j++) {
            int column = column(at, j);
            double before = variance;
            double weighted = memory[column + j] * projected[j];
            variance += projected[j] * weighted;
            double forgotten = memory[column + j] * before / (variance * forgetting);
            double d = Math.max(LEAST, Math.min(first, forgotten));
            double squares = update(memory, column, j, -projected[j] / before, weighted);
            memory[column + j] = (float) d;
            trace += d * squares;
        }
        for (int i = 0; i < n; i++) {
            memory[at + i] = (float) (memory[at + i] + gain[i] / variance * error);
        }
        bound(memory, at, trace);
    }

    /** U' x, by column. */
    private void project(float[] memory, int at, double[] x) {
        for (int j = 0; j < n; j++) {
            int column = column(at, j);
            double sum = x[j];
            for (int i = 0; i < j; i++) {
                sum += memory[column + i] * x[i];
            }
            projected[j] = sum;
        }
    }

    /** Updates a column of U and what the gain has of it; returns the sum of its new squares. */
    private double update(float[] memory, int column, int j, double slope, double weighted) {
        double squares = 1;
        for (int i = 0; i < j; i++) {
            double before = memory[column + i];
            double after = before + slope * gain[i];
            gain[i] += weighted * before;
            memory[column + i] = (float) after;
            squares += after * after;
        }
        gain[j] = weighted;
        return squares;
    }

    private void bound(float[] memory, int at, double trace) {
        boolean finite = Double.isFinite(trace);
        for (int i = 0; i < n; i++) {
            finite &= Float.isFinite(memory[at + i]);
        }
        if (!finite) {
            start(memory, at);
        } else if (trace > mostTrace) {
            double part = mostTrace / trace;
            for (int j = 0; j < n; j++) {
                int place = column(at, j) + j;
                memory[place] = (float) Math.max(memory[place] * part, LEAST);
            }
        }
    }
}
