package org.cellstream.config;

import java.util.Locale;

/** What becomes of an event whose target's field is missing or empty. */
public enum MissingTarget {
    /** It is rejected, as for any other field. */
    REJECT,
    /** The key's own last forecast takes its place, so that the network runs on by itself. */
    FEEDBACK;

    /** The word that configuration files use, which is how Flink reads an enum option too. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
