package org.cellstream.jobs.report;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.flink.annotation.Internal;

/**
 * Counts forecasts and the doubles among them: every step of every key should be seen once. Takes
 * memory per key, and per step only where steps come out of order.
 */
@Internal
public final class StepTally {

    private final Map<String, Steps> keys = new HashMap<>();
    private long distinct;
    private long duplicates;

    /** Counts one forecast. Returns whether it is the first of this key and step. */
    public boolean add(String key, long step) {
        boolean first = keys.computeIfAbsent(key, k -> new Steps()).add(step);
        distinct += first ? 1 : 0;
        duplicates += first ? 0 : 1;
        return first;
    }

    /** Pairs of key and step seen. */
    public long distinct() {
        return distinct;
    }

    /** Forecasts beyond the first of their key and step. */
    public long duplicates() {
        return duplicates;
    }

    private static final class Steps {

        /** All steps from 1 to this were seen. */
        private long through;

        private final TreeSet<Long> ahead = new TreeSet<>();

        boolean add(long step) {
            if (step == through + 1 && ahead.isEmpty()) {
                through = step;
                return true;
            }
            if (step <= through || !ahead.add(step)) {
                return false;
            }
            while (!ahead.isEmpty() && ahead.first() == through + 1) {
                through = ahead.pollFirst();
            }
            return true;
        }
    }
}
