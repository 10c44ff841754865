package org.cellstream.jobs.report;

import org.apache.flink.annotation.Internal;

/**
 * The errors of one key's forecasts in order of step. Three arrays of one length, not copied:
 * whoever makes it hands them over.
 *
 * @param times event times, epoch milliseconds
 * @param errors target of the event minus the forecast made for it; NaN where none was made
 * @param persistenceErrors target of the event minus the target before it; NaN where there is none
 */
@Internal
@SuppressWarnings(
        "ArrayRecordComponent") // never compared; a list of boxes would take four times the memory
public record KeyErrors(long[] times, double[] errors, double[] persistenceErrors) {

    public KeyErrors {
        if (errors.length != times.length || persistenceErrors.length != times.length) {
            throw new IllegalArgumentException(
                    "%d times, %d errors, %d persistence errors; need as many of each"
                            .formatted(times.length, errors.length, persistenceErrors.length));
        }
    }

    /** How many events. */
    public int size() {
        return times.length;
    }

    /**
     * How many events, from the first on, are not after {@code time}; assumes that times never go
     * back.
     */
    public int eventsThrough(long time) {
        int count = 0;
        while (count < times.length && times[count] <= time) {
            count++;
        }
        return count;
    }

    /**
     * Standard deviation of the target over the first {@code count} events; 0 if there are fewer
     * than two. The target itself is not needed: it differs from the running sum of persistence
     * errors by a constant.
     */
    double targetDeviation(int count) {
        double target = 0;
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            target += Double.isNaN(persistenceErrors[i]) ? 0 : persistenceErrors[i];
            double off = target - mean;
            mean += off / (i + 1);
            squares += off * (target - mean);
        }
        return count < 2 ? 0 : Math.sqrt(squares / count);
    }
}
