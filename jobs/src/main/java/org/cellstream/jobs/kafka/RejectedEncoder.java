package org.cellstream.jobs.kafka;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.cellstream.event.Rejected;
import org.jspecify.annotations.Nullable;

/**
 * Rejections as JSON without a Kafka key; the header {@link #CAUSE} names the counter they belong
 * to. A record too large to be written back in base64 is left out: topic, partition and offset lead
 * to it.
 */
final class RejectedEncoder implements Encoder<Rejected> {

    /** Header that holds a {@link Rejected.Cause}. */
    static final String CAUSE = "cause";

    private static final long serialVersionUID = 1L;

    /**
     * In base64 still below the megabyte that Kafka's producers and brokers take unless told
     * otherwise.
     */
    private static final int LARGEST_RAW = 512 << 10;

    private final String topic;

    RejectedEncoder(String topic) {
        this.topic = topic;
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> encode(Rejected rejected) {
        byte[] cause = rejected.cause().name().getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, null, Json.object(json -> write(rejected, json)));
        record.headers().add(CAUSE, cause);
        return record;
    }

    private static void write(Rejected rejected, JsonGenerator json) throws IOException {
        json.writeStringField("reason", rejected.reason());
        text(json, "field", rejected.field());
        text(json, "value", rejected.value());
        text(json, "topic", rejected.topic());
        json.writeNumberField("partition", rejected.partition());
        json.writeNumberField("offset", rejected.offset());
        json.writeFieldName("raw");
        if (rejected.raw() == null || rejected.raw().length > LARGEST_RAW) {
            json.writeNull();
        } else {
            json.writeBinary(rejected.raw());
        }
    }

    private static void text(JsonGenerator json, String name, @Nullable String text)
            throws IOException {
        json.writeFieldName(name);
        if (text == null) {
            json.writeNull();
        } else {
            json.writeString(text);
        }
    }
}
