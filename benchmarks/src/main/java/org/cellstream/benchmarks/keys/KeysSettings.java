package org.cellstream.benchmarks.keys;

import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What a run with many keys is like.
 *
 * @param keys how many
 * @param quick whether it is short: then its throughput is stated and not judged
 */
record KeysSettings(long keys, boolean quick) {

    private static final long LEAST_KEYS = 100_000;
    private static final long MOST_KEYS = 1_000_000_000;

    /** Heap for resident memories is the default at 10 million keys, and less for fewer. */
    private static final long KEYS_PER_RESIDENT_MIB = 10_000_000 / 256;

    /**
     * Events of each key at first. Columns are standardised by what their key has had, so that
     * after fewer than three all keys are in one of few states, which would be compressed to almost
     * nothing.
     */
    static final int EVENTS_OF_KEY = 3;

    /**
     * Rounds before the throughput is measured, in which the JVM compiles and the machine reads the
     * files that were restored.
     */
    private static final int WARM_UP_ROUNDS = 6;

    /** Checkpoints with few keys written between them. */
    static final int INCREMENTS = 10;

    KeysSettings {
        if (keys < LEAST_KEYS || keys > MOST_KEYS) {
            throw new IllegalArgumentException(
                    "the number of keys is %d; need %d to %d"
                            .formatted(keys, LEAST_KEYS, MOST_KEYS));
        }
    }

    static KeysSettings of(long keys, boolean quick) {
        return new KeysSettings(quick ? keys / 10 : keys, quick);
    }

    /** Rounds before those that count. */
    int warmUpRounds() {
        return quick ? 2 : WARM_UP_ROUNDS;
    }

    /** Measurements of the throughput. */
    int rounds() {
        return quick ? 3 : 9;
    }

    /** Heap of each subtask for resident memories. */
    long residentMiB() {
        return Math.max(1, Math.min(256, keys / KEYS_PER_RESIDENT_MIB));
    }

    /** Events between two checkpoints that write few keys. */
    long eventsPerIncrement() {
        return keys / 100;
    }

    /** Events of a measurement of the throughput. */
    long eventsPerRound() {
        return Math.min(keys, quick ? 200_000 : 600_000);
    }

    /** Events that fill the state. */
    long fillEvents() {
        return keys * EVENTS_OF_KEY;
    }

    /** Events of the first job, all after the checkpoint that Flink makes itself. */
    String fill() {
        return "0," + fillEvents();
    }

    /** Events of the restored job: the increments, then the rounds. */
    String increments() {
        return "0,"
                + LongStream.range(0, INCREMENTS)
                        .mapToObj(i -> eventsPerIncrement() + ",")
                        .collect(Collectors.joining())
                + throughput();
    }

    /** Events of the plain job: as many fill it, then the rounds. */
    String plainEvents() {
        return "0," + fillEvents() + "," + throughput();
    }

    /** Nothing until a checkpoint is asked for, then a round. */
    private String throughput() {
        return ("0," + eventsPerRound() + ",").repeat(warmUpRounds() + rounds()) + "0";
    }
}
