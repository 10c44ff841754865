package org.cellstream.event;

import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The trainer found that the stream is no more what it was: the served weights err more than they
 * did.
 *
 * @param time event time of the latest event by then, epoch milliseconds
 * @param generation generation of the weights that were served
 * @param number number of the weights that were served
 * @param error error on the last minibatch, in units of that of repeating the last value; for
 *     losses of classes the loss
 * @param before the same on average since the last drift
 * @param statistic how far the sum of what was beyond the average had come, in deviations
 */
public record Drift(
        long time, long generation, long number, double error, double before, double statistic) {

    /** The Flink type of drifts. */
    public static TypeInformation<Drift> type() {
        return Types.POJO(
                Drift.class,
                Map.of(
                        "time", Types.LONG,
                        "generation", Types.LONG,
                        "number", Types.LONG,
                        "error", Types.DOUBLE,
                        "before", Types.DOUBLE,
                        "statistic", Types.DOUBLE));
    }
}
