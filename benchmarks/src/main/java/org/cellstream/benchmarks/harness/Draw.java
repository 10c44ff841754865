package org.cellstream.benchmarks.harness;

/** Which keys events have. */
public enum Draw {
    /** One key after the other. */
    EACH,

    /** Any key as likely as any other. */
    UNIFORM,

    /** Some often and most hardly ever: the n-th most frequent key in proportion to n^-1.1. */
    ZIPF
}
