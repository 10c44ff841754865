package org.cellstream.config;

import java.util.Locale;

/** From which state an event's step starts. */
public enum MemoryMode {
    /** From where the key's event before it ended; Keras' {@code stateful=True}. */
    STATEFUL,
    /** From zeros some events ago, from where on all are run again; {@code stateful=False}. */
    WINDOW,
    /** As stateful, but from zeros at an event that starts a sequence, to one that ends it. */
    SEQUENCE;

    /** The word that configuration files use, which is how Flink reads an enum option too. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
