package org.cellstream.event;

import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What the forecaster remembers of one key, as {@link Control.Action#REPORT} asked for it. Its
 * {@code state} has the form that {@link Control.Action#SEED} takes.
 *
 * @param key whose memory
 * @param time event time of the key's last event, epoch milliseconds; {@link Long#MIN_VALUE} for a
 *     key never seen
 * @param step events of this key stepped so far; 0 for a key never seen
 * @param stepsSinceReset events stepped since the key last started from zeros
 * @param weightsGeneration generation of the weights it was last advanced with
 * @param weightsNumber number of the weights it was last advanced with
 * @param orderPartition Kafka partition that the order was read from, or -1
 * @param orderOffset Kafka offset that the order was read from, or -1
 * @param state one array per layer by the layer's name, an LSTM's h, then its c
 */
public record StateReport<K>(
        K key,
        long time,
        long step,
        long stepsSinceReset,
        long weightsGeneration,
        long weightsNumber,
        int orderPartition,
        long orderOffset,
        Map<String, float[]> state) {

    public StateReport {
        state = Map.copyOf(state);
    }

    /** The Flink type of reports about keys of type {@code key}. */
    @SuppressWarnings("unchecked") // a class literal cannot name its type argument
    public static <K> TypeInformation<StateReport<K>> type(TypeInformation<K> key) {
        return Types.POJO(
                (Class<StateReport<K>>) (Class<?>) StateReport.class,
                Map.of(
                        "key", key,
                        "time", Types.LONG,
                        "step", Types.LONG,
                        "stepsSinceReset", Types.LONG,
                        "weightsGeneration", Types.LONG,
                        "weightsNumber", Types.LONG,
                        "orderPartition", Types.INT,
                        "orderOffset", Types.LONG,
                        "state", Types.MAP(Types.STRING, Types.PRIMITIVE_ARRAY(Types.FLOAT))));
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof StateReport<?> r
                && key.equals(r.key)
                && time == r.time
                && step == r.step
                && stepsSinceReset == r.stepsSinceReset
                && weightsGeneration == r.weightsGeneration
                && weightsNumber == r.weightsNumber
                && orderPartition == r.orderPartition
                && orderOffset == r.orderOffset
                && LayerStates.equal(state, r.state);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, time, step);
    }

    @Override
    public String toString() {
        return "StateReport[%s at %d, step %d, %d since reset, weights %d.%d, %s]"
                .formatted(
                        key,
                        time,
                        step,
                        stepsSinceReset,
                        weightsGeneration,
                        weightsNumber,
                        LayerStates.describe(state));
    }
}
