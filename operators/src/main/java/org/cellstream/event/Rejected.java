package org.cellstream.event;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * Input that changed nothing, and why: an event, an order, or weights.
 *
 * @param reason what was wrong and what is allowed
 * @param cause which counter it belongs to
 * @param field field or column at fault; null if the record as a whole is
 * @param value the value at fault, as text; null if the record as a whole is at fault
 * @param topic Kafka topic, or null if it did not come from Kafka
 * @param partition Kafka partition, or -1
 * @param offset Kafka offset, or -1
 * @param raw the record as it came; null where only the decoded event was at hand (topic, partition
 *     and offset lead to it)
 */
public record Rejected(
        String reason,
        Cause cause,
        @Nullable String field,
        @Nullable String value,
        @Nullable String topic,
        int partition,
        long offset,
        byte @Nullable [] raw) {

    /** Kinds of rejection, one counter each. */
    public enum Cause {
        /** A field that a column reads is missing, null or empty. */
        EMPTY_NUMBER,
        /** A field that a column reads holds something that is no finite number. */
        NOT_A_NUMBER,
        /** A transform cannot take the value, as the log of 0. */
        TRANSFORM,
        /** The record is not what the decoder reads: broken JSON, no key, no time. */
        MALFORMED,
        /** The network's state or output would not be finite after the step. */
        NOT_FINITE,
        /** Weights made for another network. */
        WEIGHTS,
        /** An order that names no layer of the network, or no such state. */
        CONTROL,
        /** An event that stands in no sequence, or in one that is too long. */
        SEQUENCE
    }

    /** The Flink type of rejections. */
    public static TypeInformation<Rejected> type() {
        return Types.POJO(
                Rejected.class,
                Map.of(
                        "reason", Types.STRING,
                        "cause", Types.ENUM(Cause.class),
                        "field", Types.STRING,
                        "value", Types.STRING,
                        "topic", Types.STRING,
                        "partition", Types.INT,
                        "offset", Types.LONG,
                        "raw", Types.PRIMITIVE_ARRAY(Types.BYTE)));
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Rejected r
                && reason.equals(r.reason)
                && cause == r.cause
                && Objects.equals(field, r.field)
                && Objects.equals(value, r.value)
                && Objects.equals(topic, r.topic)
                && partition == r.partition
                && offset == r.offset
                && Arrays.equals(raw, r.raw);
    }

    @Override
    public int hashCode() {
        return Objects.hash(reason, cause, field, value, topic, partition, offset);
    }

    @Override
    public String toString() {
        return "Rejected[" + reason + ", partition " + partition + ", offset " + offset + "]";
    }
}
