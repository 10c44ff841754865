package org.cellstream.inference;

/** What the weights of a {@link Schedule} are like. */
enum WeightsKind {
    GOOD,
    /** So large that sums overflow. */
    LARGE,
    /** One of them is NaN. */
    POISON,
    /** None: they stay as they are. */
    UNCHANGED,
    /** Of another network. */
    FOREIGN,
    /** Too few of them. */
    SHORT
}
