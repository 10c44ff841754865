package org.cellstream.features;

/** What columns may read of an event besides its fields. Reused from event to event. */
public final class EventFacts {

    private static final double SECOND_MILLIS = 1000;

    private Object key;
    private long time;
    private double gapSeconds;

    /** Of no event yet. */
    public EventFacts() {
        this("", 0, 0);
    }

    /** Of an event, as {@link #become}. */
    public EventFacts(Object key, long time, double gapSeconds) {
        this.key = key;
        become(key, time, gapSeconds);
    }

    /**
     * Becomes those of another event.
     *
     * @param key of the event; its text has to be the same in every JVM
     * @param time event time, epoch milliseconds
     * @param gapSeconds time since the key's last accepted event, 0 at its first; finite and not
     *     negative
     */
    public void become(Object key, long time, double gapSeconds) {
        if (!(gapSeconds >= 0 && gapSeconds <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "gap is %s seconds; need a finite number from 0".formatted(gapSeconds));
        }
        this.key = key;
        this.time = time;
        this.gapSeconds = gapSeconds;
    }

    /** Event time, seconds since 1970. */
    double timeSeconds() {
        return time / SECOND_MILLIS;
    }

    /** What a source that is no field starts from. */
    double of(Source source) {
        if (source.isGap()) {
            return gapSeconds;
        }
        return source.isTime() ? timeSeconds() : KeyCategory.hash(key);
    }

    /** The same for messages. */
    String text(Source source) {
        return source.isKey() ? key.toString() : Double.toString(of(source));
    }
}
