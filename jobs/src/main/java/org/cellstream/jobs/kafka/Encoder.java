package org.cellstream.jobs.kafka;

import java.io.Serializable;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Makes the Kafka record of an element. Records carry the producer's clock, not event time: the
 * broker deletes by a record's timestamp, and a forecast made from last year's events is no older
 * than others.
 */
interface Encoder<T> extends KafkaRecordSerializationSchema<T>, Serializable {

    ProducerRecord<byte[], byte[]> encode(T element);

    @Override
    default ProducerRecord<byte[], byte[]> serialize(
            T element, KafkaSinkContext context, Long timestamp) {
        return encode(element);
    }
}
