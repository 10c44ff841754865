package org.cellstream.config;

import java.util.Locale;

/** What h and c are rounded to after every step. */
public enum MemoryPrecision {
    /** Not at all. */
    FLOAT32,
    /** Half the bytes: 8 bits of precision, the range of a float. */
    BFLOAT16,
    /** Half the bytes: 11 bits of precision, up to 65504. */
    FLOAT16;

    /** The word that configuration files use, which is how Flink reads an enum option too. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
