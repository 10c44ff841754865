package org.cellstream.jobs.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a small topic from its start to the end that it has now; of transactions what is committed.
 */
final class TopicScan {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TopicScan() {}

    /** Takes one record. */
    interface Visitor {
        void visit(ConsumerRecord<byte[], byte[]> record);
    }

    /**
     * Reads.
     *
     * @param client settings of a Kafka client
     * @return where each partition ended
     * @throws IOException if Kafka does not answer, or not to the topic's end within a minute
     */
    static Map<Integer, Long> read(Map<String, String> client, String topic, Visitor visitor)
            throws IOException {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return read(consumer, topic, visitor);
        } catch (KafkaException e) {
            throw new IOException("cannot read topic " + topic + ": " + e.getMessage(), e);
        }
    }

    private static Map<Integer, Long> read(
            Consumer<byte[], byte[]> consumer, String topic, Visitor visitor) throws IOException {
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic).stream()
                        .map(p -> new TopicPartition(topic, p.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ends.entrySet().stream()
                .anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "topic %s was not read to its end within %d s"
                                .formatted(topic, PATIENCE.toSeconds()));
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                TopicPartition from = new TopicPartition(topic, record.partition());
                if (record.offset() < ends.getOrDefault(from, 0L)) { // else it came meanwhile
                    visitor.visit(record);
                }
            }
        }
        Map<Integer, Long> byPartition = new HashMap<>();
        ends.forEach((partition, end) -> byPartition.put(partition.partition(), end));
        return byPartition;
    }
}
