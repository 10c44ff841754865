package org.cellstream.experts;

/** The target a season before the one that is forecast. */
final class SeasonalValue implements Expert {

    private final int season;

    SeasonalValue(int season) {
        this.season = season;
    }

    @Override
    public int lags() {
        return season;
    }

    @Override
    public double forecast(KeyView key) {
        return key.series.knows(season) ? key.series.lag(season - 1) : Double.NaN;
    }
}
