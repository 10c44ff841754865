package org.cellstream.jobs.kafka;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.cellstream.event.Event;
import org.cellstream.event.Marks;
import org.cellstream.event.Rejected;

/**
 * Reads events as {@link EventFormat} names them. Whatever a record holds, it throws nothing: see
 * {@link Rejected}.
 */
final class EventDecoder {

    private final EventFields fields;

    EventDecoder(EventFormat format) {
        fields = new EventFields(format);
    }

    DecodedRecord decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            return DecodedRecord.of(read(record));
        } catch (BadRecordException e) {
            return rejected(record, e);
        } catch (JsonProcessingException e) {
            return malformed(record, e.getOriginalMessage());
        } catch (IOException | RuntimeException e) { // nothing that came in may stop the job
            return malformed(record, String.valueOf(e.getMessage()));
        }
    }

    private Event<String> read(ConsumerRecord<byte[], byte[]> record) throws IOException {
        byte[] json = record.value();
        if (json == null) {
            throw BadRecordException.malformed("record has no value; need a JSON object");
        }
        fields.clear();
        try (JsonParser parser = Json.FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw BadRecordException.malformed("record is no JSON object");
            }
            fields.takeAll(parser);
            if (parser.nextToken() != null) {
                throw BadRecordException.malformed("record goes on after its JSON object");
            }
        }
        Marks marks = fields.marks();
        Event<String> event =
                new Event<>(
                        fields.key(),
                        fields.time(record.timestamp()),
                        marks.masked() ? fields.anyNumbers() : fields.numbers(),
                        record.partition(),
                        record.offset());
        return event.marked(marks);
    }

    private static DecodedRecord malformed(ConsumerRecord<byte[], byte[]> record, String what) {
        return rejected(
                record, BadRecordException.malformed("record is no JSON: " + Texts.shown(what)));
    }

    private static DecodedRecord rejected(
            ConsumerRecord<byte[], byte[]> record, BadRecordException e) {
        return DecodedRecord.of(
                new Rejected(
                        String.valueOf(e.getMessage()),
                        e.kind(),
                        e.field(),
                        e.value(),
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        record.value()));
    }
}
