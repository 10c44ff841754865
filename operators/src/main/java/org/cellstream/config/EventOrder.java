package org.cellstream.config;

/** In which order the events of a key are stepped. */
public enum EventOrder {
    /** As they arrive; one that is older than its key's last is late. */
    ARRIVAL("arrival"),
    /** By event time: each waits until the watermark has passed it. */
    EVENT_TIME("event-time");

    private final String word;

    EventOrder(String word) {
        this.word = word;
    }

    /** The word that configuration files use, which is how Flink reads an enum option too. */
    @Override
    public String toString() {
        return word;
    }
}
