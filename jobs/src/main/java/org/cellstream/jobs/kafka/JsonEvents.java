package org.cellstream.jobs.kafka;

import org.apache.flink.annotation.Internal;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads events that did not come from Kafka as if they had. */
@Internal
public final class JsonEvents {

    private static final int NO_PARTITION = -1;

    private final EventDecoder decoder;

    public JsonEvents(EventFormat format) {
        decoder = new EventDecoder(format);
    }

    /**
     * Reads one event.
     *
     * @param origin where it comes from, for rejections
     * @param row where it stands there
     */
    public DecodedRecord decode(byte[] json, String origin, long row) {
        return decoder.decode(new ConsumerRecord<>(origin, NO_PARTITION, row, null, json));
    }
}
