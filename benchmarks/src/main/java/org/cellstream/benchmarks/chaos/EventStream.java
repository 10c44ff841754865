package org.cellstream.benchmarks.chaos;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A fixed stream of events: event {@code i} is a function of the seed and {@code i} alone. Keys
 * take turns, and event time advances by a millisecond from one event to the next, so that the time
 * in a forecast says which event it was made for.
 *
 * @param keys how many keys there are
 * @param seed draws the noise
 */
record EventStream(int keys, long seed) {

    /** 2026-01-01, epoch milliseconds; an epoch of event time begins there. */
    static final long FIRST_TIME = 1_767_225_600_000L;

    private static final double STEP = 0.3;
    private static final double NOISE = 0.2;
    private static final int SIZES = 1000;

    EventStream {
        if (keys < 1) {
            throw new IllegalArgumentException("keys is " + keys + "; need at least 1");
        }
    }

    String key(long event) {
        return "key-" + event % keys;
    }

    /** Which event of its key it is, from 1: the step of its forecast. */
    long step(long event) {
        return event / keys + 1;
    }

    static long time(long event) {
        return FIRST_TIME + event;
    }

    /** The event with a time. */
    static long at(long time) {
        return time - FIRST_TIME;
    }

    /** A swing of its key's own phase with noise, and a size. */
    byte[] json(long event) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + event);
        double phase = event % keys;
        double value = Math.sin(step(event) * STEP + phase) + NOISE * random.nextDouble();
        return String.format(
                        Locale.ROOT,
                        "{\"key\":\"%s\",\"time\":%d,\"value\":%.6f,\"size\":%d}",
                        key(event),
                        time(event),
                        value,
                        1 + random.nextInt(SIZES))
                .getBytes(StandardCharsets.UTF_8);
    }
}
