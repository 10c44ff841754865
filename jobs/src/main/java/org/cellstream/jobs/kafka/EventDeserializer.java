package org.cellstream.jobs.kafka;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Decodes every record to exactly one {@link DecodedRecord}, inside the source. */
final class EventDeserializer implements KafkaRecordDeserializationSchema<DecodedRecord> {

    private static final long serialVersionUID = 1L;

    private final EventFormat format;
    private transient @Nullable EventDecoder decoder;

    EventDeserializer(EventFormat format) {
        this.format = format;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        decoder = new EventDecoder(format);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<DecodedRecord> out) {
        if (decoder == null) {
            throw new IllegalStateException("records came before the source was opened");
        }
        out.collect(decoder.decode(record));
    }

    @Override
    public TypeInformation<DecodedRecord> getProducedType() {
        return DecodedRecord.type();
    }
}
