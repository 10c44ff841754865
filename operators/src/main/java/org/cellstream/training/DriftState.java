package org.cellstream.training;

import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What a {@link DriftDetector} remembers; public so that Flink's serializer reaches it.
 *
 * @param count errors since the last drift
 * @param mean their mean
 * @param squares sum of their squared deviations from it
 * @param sum sum of what was beyond the mean and the tolerance, in deviations
 * @param least the least that sum has been
 * @param drifts drifts found so far
 * @param boosted minibatches for which the learning rate is still raised
 */
@Internal
public record DriftState(
        long count,
        double mean,
        double squares,
        double sum,
        double least,
        long drifts,
        int boosted) {

    /** Of a stream of which nothing was seen. */
    static final DriftState NEW = new DriftState(0, 0, 0, 0, 0, 0, 0);

    /** The Flink type of these states. */
    static TypeInformation<DriftState> type() {
        return Types.POJO(
                DriftState.class,
                Map.of(
                        "count", Types.LONG,
                        "mean", Types.DOUBLE,
                        "squares", Types.DOUBLE,
                        "sum", Types.DOUBLE,
                        "least", Types.DOUBLE,
                        "drifts", Types.LONG,
                        "boosted", Types.INT));
    }
}
