package org.cellstream.config;

import java.util.Locale;

/** What a forecast makes of what the experts say. */
public enum ExpertChoice {
    /** Their mean, each by its weight. */
    MIXTURE,
    /** What the one says that was best of late. */
    BEST;

    /** The word that configuration files use, which is how Flink reads an enum option too. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
