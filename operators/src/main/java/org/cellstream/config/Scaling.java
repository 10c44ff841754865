package org.cellstream.config;

import java.util.Locale;

/** How the columns of one key are brought to one scale. */
public enum Scaling {
    /** To a running mean of 0 and a running variance of 1. */
    STANDARD,
    /** Divided by the running mean of absolute values; what is 0 stays 0. */
    MEAN,
    /** By running median and median absolute deviation, which outliers do not move. */
    ROBUST,
    /** Left as they are. */
    NONE;

    /** The word that configuration files use, which is how Flink reads an enum option too. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
