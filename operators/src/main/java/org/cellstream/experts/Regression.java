package org.cellstream.experts;

/**
 * The change from a key's last target to its next as a linear function of inputs, learned by least
 * squares as events come. Changes are in units of the key's mean change, and so is what is known of
 * the key the same for all keys: a key that nothing is known of repeats its last target.
 */
abstract class Regression implements Expert {

    /** Weight of an event against that of the next one: about the last 500 count. */
    private static final double FORGETTING = 0.998;

    /** Variance of a coefficient before anything is known, in units of the noise's. */
    private static final double FIRST_VARIANCE = 1;

    /** Inputs and changes beyond this are cut to it for learning; not where they forecast. */
    private static final double CLIP = 8;

    private final RecursiveLeastSquares squares;
    private final int atFloats;
    private final double[] x;

    Regression(int inputs, int atFloats) {
        this.squares = new RecursiveLeastSquares(inputs, FORGETTING, FIRST_VARIANCE);
        this.atFloats = atFloats;
        this.x = new double[inputs];
    }

    /**
     * Writes the inputs for the step after the series' last target.
     *
     * @param x overwritten
     * @return false if they are not known yet
     */
    abstract boolean inputs(KeyView key, double network, double[] x);

    /** What the network said of the target at hand, for {@link #learn}. */
    double networkBefore(KeyView key) {
        return 0;
    }

    @Override
    public final int floats() {
        return squares.size();
    }

    @Override
    public final void start(KeyView key) {
        squares.start(key.floats, atFloats);
    }

    @Override
    public final void learn(KeyView key, double target) {
        if (!varies(key.series) || !inputs(key, networkBefore(key), x)) {
            return;
        }
        for (int i = 0; i < x.length; i++) {
            x[i] = clip(x[i]);
        }
        double change = (target - key.series.last()) / key.series.change();
        squares.learn(key.floats, atFloats, x, clip(change));
    }

    private static boolean varies(Series series) {
        return series.spread() > 0 && series.change() > 0;
    }

    private static double clip(double value) {
        return Math.max(-CLIP, Math.min(CLIP, value));
    }

    /** The forecast; NaN while inputs are not known, or if the key has not varied. */
    final double predict(KeyView key, double network) {
        if (!varies(key.series) || !inputs(key, network, x)) {
            return Double.NaN;
        }
        double change = squares.predict(key.floats, atFloats, x);
        return key.series.last() + key.series.change() * change;
    }
}
