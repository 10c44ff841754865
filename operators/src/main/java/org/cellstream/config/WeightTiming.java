package org.cellstream.config;

/** When new weights take effect in the forecaster. */
public enum WeightTiming {
    /**
     * At once. The order against events is not fixed; every forecast names the version that made
     * it.
     */
    ARRIVAL("arrival"),
    /** At an epoch of event time, the same in every run over the same events. */
    EVENT_TIME("event-time");

    private final String word;

    WeightTiming(String word) {
        this.word = word;
    }

    /** The word that configuration files use, which is how Flink reads an enum option too. */
    @Override
    public String toString() {
        return word;
    }
}
