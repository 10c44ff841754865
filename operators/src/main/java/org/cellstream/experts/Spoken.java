package org.cellstream.experts;

import org.cellstream.config.ExpertName;

/** What is said of a key's next target. Reused from event to event. */
public final class Spoken {

    double value;
    double halfWidth = Double.NaN;
    ExpertName speaker = ExpertName.NETWORK;
    double share = 1;
    double[] told = {};

    /** The forecast, in the unit of the target. */
    public double value() {
        return value;
    }

    /** Lower end of the interval; NaN while it is not known, or off. */
    public double low() {
        return value - halfWidth;
    }

    /** Upper end of the interval; NaN while it is not known, or off. */
    public double high() {
        return value + halfWidth;
    }

    /** The expert whose part of the forecast is the largest. */
    public ExpertName speaker() {
        return speaker;
    }

    /** Its part, 0 to 1. */
    public double share() {
        return share;
    }

    /**
     * What each expert says, NaN of one that cannot; a new array, empty unless it is to be told.
     */
    public double[] told() {
        return told;
    }
}
