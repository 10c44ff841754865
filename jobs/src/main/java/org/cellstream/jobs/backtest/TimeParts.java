package org.cellstream.jobs.backtest;

import java.util.Arrays;

/** The distinct event times in parts, each of as many of them as the others, or one fewer. */
final class TimeParts {

    private final long[] lastTimes;

    /**
     * @param distinctTimes ascending, each once; at least one
     * @param most how many parts; fewer if there are fewer times
     */
    TimeParts(long[] distinctTimes, int most) {
        int parts = Math.max(1, Math.min(most, distinctTimes.length));
        lastTimes = new long[parts];
        for (int part = 0; part < parts; part++) {
            long end = (part + 1L) * distinctTimes.length / parts;
            lastTimes[part] = distinctTimes[(int) end - 1];
        }
    }

    int size() {
        return lastTimes.length;
    }

    /** The part of a time that is one of them. */
    int of(long time) {
        int at = Arrays.binarySearch(lastTimes, time);
        return Math.min(at < 0 ? -at - 1 : at, lastTimes.length - 1);
    }

    /** The last time of a part. */
    long lastTime(int part) {
        return lastTimes[part];
    }
}
