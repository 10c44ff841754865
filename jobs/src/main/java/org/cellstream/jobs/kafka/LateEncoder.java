package org.cellstream.jobs.kafka;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.cellstream.event.Event;

/**
 * Late events as JSON that reads like the event that came: the user's field names, but only those
 * that are read, with the time in epoch milliseconds; and {@code partition} and {@code offset},
 * which lead to the event itself.
 */
final class LateEncoder implements Encoder<Event<String>> {

    private static final long serialVersionUID = 1L;

    private final String topic;
    private final EventFormat format;

    LateEncoder(String topic, EventFormat format) {
        this.topic = topic;
        this.format = format;
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> encode(Event<String> event) {
        return new ProducerRecord<>(
                topic,
                event.key().getBytes(StandardCharsets.UTF_8),
                Json.object(json -> write(event, json)));
    }

    /**
     * A field of the user's may have any of our names, or be key, time and number at once: the
     * first one stays.
     */
    private void write(Event<String> event, JsonGenerator json) throws IOException {
        Set<String> written = new HashSet<>();
        String key = format.key() == null ? "key" : format.key();
        String time = format.time() == null ? "time" : format.time();
        if (written.add(key)) {
            json.writeStringField(key, event.key());
        }
        if (written.add(time)) {
            json.writeNumberField(time, event.time());
        }
        for (int i = 0; i < event.numbers().length; i++) {
            if (written.add(format.numbers().get(i))) {
                json.writeFieldName(format.numbers().get(i));
                Json.number(json, event.numbers()[i]);
            }
        }
        if (written.add("partition")) {
            json.writeNumberField("partition", event.partition());
        }
        if (written.add("offset")) {
            json.writeNumberField("offset", event.offset());
        }
    }
}
