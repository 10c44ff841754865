package org.cellstream.jobs.kafka;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Makes the Kafka record of an element. Records carry the producer's clock, not event time: the
 * broker deletes by a record's timestamp, and a forecast made from last year's events is no older
 * than others.
 */
interface Encoder<T>
        extends KafkaRecordSerializationSchema<T>, KafkaDatasetFacetProvider, Serializable {

    /** The topic of all records. */
    String topic();

    ProducerRecord<byte[], byte[]> encode(T element);

    /** The sink looks for transactions of its own on this topic. */
    @Override
    default Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
        return Optional.of(
                new DefaultKafkaDatasetFacet(
                        DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic())),
                        new Properties()));
    }

    @Override
    default ProducerRecord<byte[], byte[]> serialize(
            T element, KafkaSinkContext context, Long timestamp) {
        return encode(element);
    }
}
