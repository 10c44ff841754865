package org.cellstream.jobs.backtest;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * A stream with a known rule. Each key has random numbers of its own, by the names of stream and
 * key, so that it is the same wherever it is made.
 *
 * @param name as users write it
 * @param what there is to forecast
 * @param season after which it repeats itself, in events; 0 for none
 * @param rules makes the rule of a key, by its number
 */
record GeneratedStream(String name, String what, int season, Rules rules) {

    /** Keys of each stream. */
    static final int KEYS = 20;

    /** Events of each key, as far as users ask. */
    static final int EVENTS = 5000;

    private static final long FIRST = 1_577_836_800_000L; // 2020-01-01
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long SPREAD = 1_000_003;

    /** Makes rules. */
    @FunctionalInterface
    interface Rules {
        Rule of(Random random, int key);
    }

    /** How a key's values come about: called once for each event, in order, from 0. */
    @FunctionalInterface
    interface Rule {
        double next(int event);
    }

    /** The rule of a key from its beginning. */
    Rule rule(int key) {
        return rules.of(new Random(SPREAD * name.hashCode() + key), key);
    }

    /**
     * Writes rows of {@code Time,Key,Value}, an hour apart, all keys of an hour together.
     *
     * @param events of each key
     */
    void write(Path file, int events) throws IOException {
        Rule[] keys = new Rule[KEYS];
        for (int key = 0; key < KEYS; key++) {
            keys[key] = rule(key);
        }
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("Time,Key,Value\n");
            for (int event = 0; event < events; event++) {
                String time = Long.toString(FIRST + event * HOUR_MILLIS);
                for (int key = 0; key < KEYS; key++) {
                    double value = keys[key].next(event);
                    out.write(time + ",k" + key + "," + value + "\n");
                }
            }
        }
    }
}
