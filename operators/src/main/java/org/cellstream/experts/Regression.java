package org.cellstream.experts;

/**
 * How far a key's next target is from a first guess as a linear function of inputs, learned by
 * least squares as events come. Distances are in units of the key's mean change, and so is what is
 * known of the key the same for all keys: of a key that nothing is known of it is the guess.
 */
abstract class Regression implements Expert {

    /** Weight of an event against that of the next one: about the last 500 count. */
    private static final double FORGETTING = 0.998;

    /** Variance of a coefficient before anything is known, in units of the noise's. */
    private static final double FIRST_VARIANCE = 0.1;

    /** Errors beyond so many mean changes count less. */
    private static final double LARGE = 0.7;

    /** Inputs and distances beyond this are cut to it for learning; not where they forecast. */
    private static final double CLIP = 8;

    private final RecursiveLeastSquares squares;
    private final int atFloats;
    private final double[] x;

    Regression(int inputs, int atFloats) {
        this.squares = new RecursiveLeastSquares(inputs, FORGETTING, FIRST_VARIANCE, LARGE);
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

    /** What is forecast before anything is known: the last target. */
    double guess(KeyView key, double network) {
        return key.series.last();
    }

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
        double network = networkBefore(key);
        if (!varies(key.series) || !inputs(key, network, x)) {
            return;
        }
        for (int i = 0; i < x.length; i++) {
            x[i] = clip(x[i]);
        }
        double distance = (target - guess(key, network)) / key.series.change();
        squares.learn(key.floats, atFloats, x, clip(distance));
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
        double distance = squares.predict(key.floats, atFloats, x);
        return guess(key, network) + key.series.change() * distance;
    }
}
