package org.cellstream.jobs.replay;

import java.util.Arrays;

/**
 * A set of times in memory of the order of how many distinct ones there are; times that come sorted
 * cost the least.
 */
final class DistinctTimes {

    private static final int START = 1024;

    private long[] times = new long[START];
    private int size;

    void add(long time) {
        if (size > 0 && times[size - 1] == time) {
            return;
        }
        if (size == times.length) {
            compact();
            if (size > times.length / 2) {
                times = Arrays.copyOf(times, 2 * times.length);
            }
        }
        times[size++] = time;
    }

    private void compact() {
        Arrays.sort(times, 0, size);
        int distinct = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0 || times[i] != times[i - 1]) {
                times[distinct++] = times[i];
            }
        }
        size = distinct;
    }

    /** The times, ascending, each once. */
    long[] ascending() {
        compact();
        return Arrays.copyOf(times, size);
    }
}
