package org.cellstream.jobs.kafka;

import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;

/** Where a job without a checkpoint starts to read. */
@Internal
public enum StartFrom {
    /** At the first event that Kafka still has. */
    EARLIEST("earliest"),
    /** After the last event that was there when the job started. */
    LATEST("latest");

    private final String word;

    StartFrom(String word) {
        this.word = word;
    }

    OffsetsInitializer offsets() {
        return this == EARLIEST ? OffsetsInitializer.earliest() : OffsetsInitializer.latest();
    }

    /** The word that configuration files use, which is how Flink reads an enum option too. */
    @Override
    public String toString() {
        return word;
    }
}
