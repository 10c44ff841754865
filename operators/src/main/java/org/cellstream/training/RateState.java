package org.cellstream.training;

import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What a {@link TrainingRate} remembers; public so that Flink's serializer reaches it.
 *
 * @param ratio share of the windows that are learned from now
 * @param start event time at which the epoch that is counted began, epoch milliseconds; {@link
 *     Long#MIN_VALUE} before the first
 * @param samples time steps that it had
 */
@Internal
public record RateState(double ratio, long start, long samples) {

    /** Nothing was counted yet. */
    static final RateState NEW = new RateState(1, Long.MIN_VALUE, 0);

    /** The Flink type of these states. */
    static TypeInformation<RateState> type() {
        return Types.POJO(
                RateState.class,
                Map.of("ratio", Types.DOUBLE, "start", Types.LONG, "samples", Types.LONG));
    }
}
