package org.cellstream.features;

/**
 * What columns may read of an event besides its fields.
 *
 * @param key of the event; its text has to be the same in every JVM
 * @param time event time, epoch milliseconds
 * @param gapSeconds time since the key's last accepted event, 0 at its first; finite and not
 *     negative
 */
public record EventFacts(Object key, long time, double gapSeconds) {

    private static final double SECOND_MILLIS = 1000;

    public EventFacts {
        if (!(gapSeconds >= 0 && gapSeconds <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "gap is %s seconds; need a finite number from 0".formatted(gapSeconds));
        }
    }

    /** What a source that is no field starts from. */
    double of(Source source) {
        if (source.isGap()) {
            return gapSeconds;
        }
        return source.isTime() ? time / SECOND_MILLIS : KeyCategory.hash(key);
    }

    /** The same for messages. */
    String text(Source source) {
        return source.isKey() ? key.toString() : Double.toString(of(source));
    }
}
