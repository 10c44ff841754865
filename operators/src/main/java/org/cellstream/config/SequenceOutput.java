package org.cellstream.config;

/** Which events of a sequence get a forecast. */
public enum SequenceOutput {
    /** Each; Keras' {@code return_sequences=True}. */
    EVERY_STEP("every-step"),
    /** The one that ends it. */
    END("end");

    private final String word;

    SequenceOutput(String word) {
        this.word = word;
    }

    /** The word that configuration files use, which is how Flink reads an enum option too. */
    @Override
    public String toString() {
        return word;
    }
}
