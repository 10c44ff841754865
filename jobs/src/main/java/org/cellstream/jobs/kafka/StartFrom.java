package org.cellstream.jobs.kafka;

import java.time.Instant;
import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;

/**
 * Where a job without a checkpoint starts to read.
 *
 * @param word what configuration files say: a word, or a time
 * @param time of the first Kafka record to read, epoch milliseconds; empty for a word
 */
@Internal
public record StartFrom(String word, OptionalLong time) {

    /** At the first event that Kafka still has. */
    public static final StartFrom EARLIEST = new StartFrom("earliest", OptionalLong.empty());

    /** After the last event that was there when the job started. */
    public static final StartFrom LATEST = new StartFrom("latest", OptionalLong.empty());

    /** At the first event that came to Kafka at a time, epoch milliseconds, or later. */
    public static StartFrom at(long time) {
        return new StartFrom(Instant.ofEpochMilli(time).toString(), OptionalLong.of(time));
    }

    /**
     * Reads the word of a configuration file.
     *
     * @throws IllegalArgumentException if it is neither a word that there is nor a time
     */
    public static StartFrom parse(String word) {
        if (word.equalsIgnoreCase(EARLIEST.word)) {
            return EARLIEST;
        }
        if (word.equalsIgnoreCase(LATEST.word)) {
            return LATEST;
        }
        OptionalLong time = EventTimes.parse(word);
        if (time.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s; need earliest, latest or a time, as 2026-01-31T12:00:00Z".formatted(word));
        }
        return at(time.getAsLong());
    }

    OffsetsInitializer offsets() {
        if (time.isPresent()) {
            return OffsetsInitializer.timestamp(Math.max(0, time.getAsLong()));
        }
        return equals(EARLIEST) ? OffsetsInitializer.earliest() : OffsetsInitializer.latest();
    }

    @Override
    public String toString() {
        return word;
    }
}
