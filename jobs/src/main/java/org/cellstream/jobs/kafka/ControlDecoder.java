package org.cellstream.jobs.kafka;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.cellstream.event.Control;
import org.cellstream.event.Rejected;
import org.cellstream.nn.Network;

/**
 * Reads orders, and checks them against the network. Whatever a record holds, {@link #decode}
 * throws nothing.
 */
final class ControlDecoder {

    private final OrderChecks checks;

    ControlDecoder(Network network) {
        checks = new OrderChecks(network);
    }

    DecodedControl decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.value() == null) {
                throw BadRecordException.malformed("record has no value; need a JSON object");
            }
            return new DecodedControl(
                    read(record.value(), record.partition(), record.offset()), null);
        } catch (BadRecordException e) {
            return rejected(record, e);
        } catch (RuntimeException e) { // nothing that came in may stop the job
            return rejected(record, noJson(String.valueOf(e.getMessage())));
        }
    }

    /**
     * The order; {@code partition} and {@code offset} are -1 for one that is not on a topic yet.
     */
    Control<String> read(byte[] json, int partition, long offset) throws BadRecordException {
        try (JsonParser parser = Json.FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw BadRecordException.malformed("record is no JSON object");
            }
            OrderFields fields = OrderFields.read(parser);
            if (parser.nextToken() != null) {
                throw BadRecordException.malformed("record goes on after its JSON object");
            }
            return checks.order(fields, partition, offset);
        } catch (BadRecordException e) {
            throw e;
        } catch (JsonProcessingException e) {
            throw noJson(e.getOriginalMessage());
        } catch (IOException e) {
            throw noJson(String.valueOf(e.getMessage()));
        }
    }

    private static BadRecordException noJson(String what) {
        return BadRecordException.malformed("record is no JSON: " + Texts.shown(what));
    }

    private static DecodedControl rejected(
            ConsumerRecord<byte[], byte[]> record, BadRecordException e) {
        return new DecodedControl(
                null,
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
