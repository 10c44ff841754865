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
 * @param labels whether labels are believed
 * @param rounds the round that goes on
 * @param rate how much is learned from
 * @param minibatches minibatches learned from so far
 * @param added windows added to the reservoir so far
 */
@Internal
public record PracticeSnapshot(
        GateState gate,
        DriftState drift,
        LabelState labels,
        Rounds rounds,
        RateState rate,
        long minibatches,
        long added) {

    /** Of a trainer that starts from these weights. */
    static PracticeSnapshot startingFrom(float[] weights) {
        return new PracticeSnapshot(
                GateState.startingFrom(weights),
                DriftState.NEW,
                LabelState.NEW,
                Rounds.NEW,
                RateState.NEW,
                0,
                0);
    }

    /** What of it is watched. */
    Practice.Watches watches() {
        return new Practice.Watches(drift, labels, rounds);
    }

    /** The Flink type of these snapshots. */
    static TypeInformation<PracticeSnapshot> type() {
        return Types.POJO(
                PracticeSnapshot.class,
                Map.of(
                        "gate", GateState.type(),
                        "drift", DriftState.type(),
                        "labels", LabelState.type(),
                        "rounds", Rounds.type(),
                        "rate", RateState.type(),
                        "minibatches", Types.LONG,
                        "added", Types.LONG));
    }
}
