package org.cellstream.jobs.report;

import org.apache.flink.annotation.Internal;

/**
 * Which event times a score is about.
 *
 * @param throughFirstTenth the last time of the first tenth, in which units are measured; the first
 *     {@code n / 10}, rounded down, of the {@code n} distinct times in order
 * @param after forecasts of events after this time are scored
 */
@Internal
public record ScoredTimes(long throughFirstTenth, long after) {

    private static final int TENTH = 10;

    /**
     * The last 90%: all times after the first tenth.
     *
     * @param distinctTimes all event times, ascending, each once
     */
    public static ScoredTimes last90(long[] distinctTimes) {
        int tenth = distinctTimes.length / TENTH;
        long last = tenth == 0 ? Long.MIN_VALUE : distinctTimes[tenth - 1];
        return new ScoredTimes(last, last);
    }

    /** The same but for those up to {@code time}, which something was chosen by. */
    public ScoredTimes notThrough(long time) {
        return new ScoredTimes(throughFirstTenth, Math.max(after, time));
    }
}
