package org.cellstream.config;

/** What is learned at an event. */
public enum LabelSource {
    /** The target at the key's next event. */
    NEXT_EVENT("next-event"),
    /** The label that the event brings; nothing, if it brings none. */
    GIVEN("given");

    private final String word;

    LabelSource(String word) {
        this.word = word;
    }

    /** The word that configuration files use, which is how Flink reads an enum option too. */
    @Override
    public String toString() {
        return word;
    }
}
