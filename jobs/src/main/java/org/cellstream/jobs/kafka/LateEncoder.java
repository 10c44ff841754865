package org.cellstream.jobs.kafka;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.cellstream.event.Event;
import org.cellstream.event.Marks;
import org.jspecify.annotations.Nullable;

/**
 * Late events as JSON that reads like the event that came: the user's field names, but only those
 * that are read and say something, with the time in epoch milliseconds; and {@code partition} and
 * {@code offset}, which lead to the event itself.
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
        writeMarks(event.marks(), written, json);
        if (written.add("partition")) {
            json.writeNumberField("partition", event.partition());
        }
        if (written.add("offset")) {
            json.writeNumberField("offset", event.offset());
        }
    }

    /** Writes what the event said about itself, in the words in which it can be read again. */
    private void writeMarks(Marks marks, Set<String> written, JsonGenerator json)
            throws IOException {
        MarkNames names = format.marks();
        boolean bounds = marks.starts() || marks.ends();
        if (bounds && isFirst(names.boundary(), written)) {
            String both = marks.ends() ? "both" : "start";
            json.writeStringField(names.boundary(), marks.starts() ? both : "end");
        }
        if (!Double.isNaN(marks.label()) && isFirst(names.label(), written)) {
            json.writeNumberField(names.label(), marks.label());
        }
        if (marks.weight() != Marks.NONE.weight() && isFirst(names.weight(), written)) {
            json.writeNumberField(names.weight(), marks.weight());
        }
        if (marks.masked() && isFirst(names.mask(), written)) {
            json.writeNumberField(names.mask(), 0);
        }
    }

    private static boolean isFirst(@Nullable String name, Set<String> written) {
        return name != null && written.add(name);
    }
}
