package org.cellstream.training;

import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What a checkpoint holds of how the trainer practises, beside windows; public so that Flink's
 * serializer reaches it.
 *
 * @param gate what is published and was tried
 * @param drift errors of what is published
 * @param rate how much is learned from
 * @param minibatches minibatches learned from so far
 * @param added windows added to the reservoir so far
 */
@Internal
public record PracticeSnapshot(
        GateState gate, DriftState drift, RateState rate, long minibatches, long added) {

    /** Of a trainer that starts from these weights. */
    static PracticeSnapshot startingFrom(float[] weights) {
        return new PracticeSnapshot(
                GateState.startingFrom(weights), DriftState.NEW, RateState.NEW, 0, 0);
    }

    /** The Flink type of these snapshots. */
    static TypeInformation<PracticeSnapshot> type() {
        return Types.POJO(
                PracticeSnapshot.class,
                Map.of(
                        "gate", GateState.type(),
                        "drift", DriftState.type(),
                        "rate", RateState.type(),
                        "minibatches", Types.LONG,
                        "added", Types.LONG));
    }
}
