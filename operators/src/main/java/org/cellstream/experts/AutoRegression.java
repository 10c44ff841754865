package org.cellstream.experts;

/**
 * A linear function of the last twenty targets and their mean, AR(20). They are told apart as the
 * last changes and the distance of the last target from the mean, which spans the same functions
 * and is far better conditioned where targets wander.
 */
final class AutoRegression extends Regression {

    private static final int LAGS = 20;

    /** A constant, the distance from the mean, the changes between the lags. */
    private static final int INPUTS = 2 + LAGS - 1;

    AutoRegression(int atFloats) {
        super(INPUTS, atFloats);
    }

    @Override
    public int lags() {
        return LAGS;
    }

    @Override
    boolean inputs(KeyView key, double network, double[] x) {
        Series series = key.series;
        if (!series.knows(LAGS)) {
            return false;
        }
        double newer = series.last();
        x[0] = 1;
        x[1] = (newer - series.mean()) / series.spread();
        for (int lag = 1; lag < LAGS; lag++) {
            double older = series.lag(lag);
            x[1 + lag] = (newer - older) / series.change();
            newer = older;
        }
        return true;
    }

    @Override
    public double forecast(KeyView key) {
        return predict(key, 0);
    }
}
