package org.cellstream.jobs.kafka;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.cellstream.event.Control;

/** Orders as JSON, keyed by their key, so that those about one key stay in order. */
final class ControlEncoder {

    private final String topic;

    ControlEncoder(String topic) {
        this.topic = topic;
    }

    ProducerRecord<byte[], byte[]> encode(Control<String> order) {
        String key = order.key();
        return new ProducerRecord<>(
                topic,
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                Json.object(json -> write(order, json)));
    }

    private static void write(Control<String> order, JsonGenerator json) throws IOException {
        json.writeStringField("control", order.action().text());
        if (order.key() != null) {
            json.writeStringField("key", order.key());
        }
        if (order.layer() != null) {
            json.writeStringField("layer", order.layer());
        }
        if (order.time() != Control.AT_ONCE) {
            json.writeNumberField("time", order.time());
        }
        if (!order.state().isEmpty()) {
            Json.state(json, order.state());
        }
    }
}
