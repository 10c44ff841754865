package org.cellstream.jobs.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.annotation.Internal;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.cellstream.event.Rejected;
import org.jspecify.annotations.Nullable;

/**
 * One record that a job wrote.
 *
 * @param topic the topic it came from
 * @param json its value
 * @param cause which counter a rejection belongs to; null if it is none
 */
@Internal
public record Result(String topic, byte[] json, Rejected.@Nullable Cause cause) {

    static Result of(ConsumerRecord<byte[], byte[]> record) {
        Header cause = record.headers().lastHeader(RejectedEncoder.CAUSE);
        return new Result(
                record.topic(),
                record.value(),
                cause == null
                        ? null
                        : Rejected.Cause.valueOf(
                                new String(cause.value(), StandardCharsets.UTF_8)));
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Result r
                && topic.equals(r.topic)
                && Arrays.equals(json, r.json)
                && cause == r.cause;
    }

    @Override
    public int hashCode() {
        return 31 * topic.hashCode() + Arrays.hashCode(json);
    }

    @Override
    public String toString() {
        return "Result["
                + topic
                + ", "
                + json.length
                + " bytes"
                + (cause == null ? "" : ", " + cause)
                + "]";
    }
}
