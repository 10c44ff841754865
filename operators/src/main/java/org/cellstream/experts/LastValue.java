package org.cellstream.experts;

/** The last target once more. */
final class LastValue implements Expert {

    @Override
    public double forecast(KeyView key) {
        return key.series.last();
    }
}
