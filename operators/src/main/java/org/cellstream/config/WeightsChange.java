package org.cellstream.config;

import java.util.Locale;

/** What becomes of a key's state at its first event after new weights have taken effect. */
public enum WeightsChange {
    /** It goes on from what it was. */
    KEEP,
    /** It starts from zeros. */
    RESET,
    /** It starts from zeros and takes the key's last inputs again, by the new weights. */
    RERUN;

    /** The word that configuration files use, which is how Flink reads an enum option too. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
