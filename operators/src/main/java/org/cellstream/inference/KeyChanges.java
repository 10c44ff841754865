package org.cellstream.inference;

/**
 * What became of a key at one event, beside its step; counted once the event has been taken in.
 * Reused from event to event.
 */
final class KeyChanges {

    /** Its step started from zeros. */
    boolean cold;

    /** It had outlived its time to live. */
    boolean expired;

    /** Its state went beyond the limit. */
    boolean exploded;

    boolean resetByGap;
    boolean resetByWeights;

    /** Its state was made anew by new weights. */
    boolean rerun;

    int resetsByOrder;

    /** Missed steps over which its state was carried. */
    long carriedSteps;

    /** Whether nothing became of it, as at most events. */
    boolean none() {
        boolean reset = resetByGap || resetByWeights || resetsByOrder > 0;
        return !(cold || expired || exploded || reset || rerun || carriedSteps > 0);
    }

    void clear() {
        cold = false;
        expired = false;
        exploded = false;
        resetByGap = false;
        resetByWeights = false;
        rerun = false;
        resetsByOrder = 0;
        carriedSteps = 0;
    }

    void copy(KeyChanges other) {
        cold = other.cold;
        expired = other.expired;
        exploded = other.exploded;
        resetByGap = other.resetByGap;
        resetByWeights = other.resetByWeights;
        rerun = other.rerun;
        resetsByOrder = other.resetsByOrder;
        carriedSteps = other.carriedSteps;
    }
}
