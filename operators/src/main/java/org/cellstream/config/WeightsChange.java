package org.cellstream.config;

/** What becomes of a key's state at its first event after new weights have taken effect. */
public enum WeightsChange {
    /** It goes on from what it was. */
    KEEP,
    /** It starts from zeros. */
    RESET,
    /** It starts from zeros and takes the key's last inputs again, by the new weights. */
    RERUN
}
