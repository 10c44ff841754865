package org.cellstream.features;

/**
 * What is usual of a column among the keys, and how many events of a key's own that is worth.
 *
 * @param location the usual mean or median
 * @param locationEvents 0 where the keys' differ too much to tell anything of another key's
 * @param scale the usual standard deviation
 * @param scaleEvents the same of it
 */
record Usual(double location, int locationEvents, double scale, int scaleEvents) {

    /** Most events that it may be worth: what {@link StartedCount} holds. */
    static final int MOST_EVENTS = 63;

    /** Worth at most so many events. */
    Usual atMost(int events) {
        return new Usual(
                location, Math.min(events, locationEvents), scale, Math.min(events, scaleEvents));
    }
}
