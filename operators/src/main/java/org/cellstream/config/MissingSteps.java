package org.cellstream.config;

import java.util.Locale;

/** What the time steps that a key missed do to its state. */
public enum MissingSteps {
    /** Nothing: the state is carried over them unchanged, as by a mask. */
    MASK,
    /** Each advances the state with the key's last input once more, without a forecast. */
    CARRY;

    /** The word that configuration files use, which is how Flink reads an enum option too. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
