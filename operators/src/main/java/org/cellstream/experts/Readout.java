package org.cellstream.experts;

/**
 * A linear function of what the network says, the last three targets, their mean and, if there is a
 * season, the targets one season before the next and the last one: the small head of a key on the
 * body that all keys share. Of a key that nothing is known of it is what the network says.
 */
final class Readout extends Regression {

    private static final int LAGS = 3;

    /** A constant, the network, the distance from the mean, the two last changes. */
    private static final int INPUTS = 5;

    /** The season's value and change. */
    private static final int OF_SEASON = 2;

    private final int season;
    private final int atDoubles;

    /**
     * @param season 0 for none
     */
    Readout(int season, int atDoubles, int atFloats) {
        super(season > 0 ? INPUTS + OF_SEASON : INPUTS, atFloats);
        this.season = season;
        this.atDoubles = atDoubles;
    }

    /** What the network said of the next target. */
    @Override
    public int doubles() {
        return 1;
    }

    @Override
    public int lags() {
        return Math.max(LAGS, season + 1);
    }

    @Override
    double guess(KeyView key, double network) {
        return network;
    }

    @Override
    double networkBefore(KeyView key) {
        return key.doubles[atDoubles];
    }

    @Override
    boolean inputs(KeyView key, double network, double[] x) {
        Series series = key.series;
        if (!series.knows(LAGS)) {
            return false;
        }
        double last = series.last();
        x[0] = 1;
        x[1] = (network - last) / series.change();
        x[2] = (last - series.mean()) / series.spread();
        x[3] = (last - series.lag(1)) / series.change();
        x[4] = (series.lag(1) - series.lag(2)) / series.change();
        if (season > 0) {
            boolean known = series.knows(season + 1);
            double next = known ? series.lag(season - 1) : last;
            x[5] = (next - last) / series.change();
            x[6] = known ? (next - series.lag(season)) / series.change() : 0;
        }
        return true;
    }

    @Override
    public double forecast(KeyView key) {
        key.doubles[atDoubles] = key.network;
        return predict(key, key.network);
    }
}
