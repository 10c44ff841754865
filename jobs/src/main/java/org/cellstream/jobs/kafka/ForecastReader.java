package org.cellstream.jobs.kafka;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics that a job writes, from their beginning, and of transactions only what was
 * committed: what any careful user of the topics gets to see. One thread.
 */
@Internal
public final class ForecastReader implements AutoCloseable {

    private static final int MOST_RECORDS = 5000;

    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions = new ArrayList<>();

    /** Takes one record. */
    @FunctionalInterface
    public interface Visitor {
        void visit(Result result) throws IOException;
    }

    /**
     * @param topics topics that are there
     */
    public ForecastReader(String bootstrapServers, List<String> topics) throws IOException {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        consumer =
                new KafkaConsumer<>(
                        config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            for (String topic : topics) {
                for (PartitionInfo partition : consumer.partitionsFor(topic)) {
                    partitions.add(new TopicPartition(topic, partition.partition()));
                }
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        } catch (KafkaException e) {
            close();
            throw explained(e);
        }
    }

    /**
     * Hands over what is there, in each partition's order.
     *
     * @param wait how long to wait if nothing is
     * @return how many records it was
     * @throws IOException if Kafka cannot be read, or this thread is interrupted
     */
    public int read(Duration wait, Visitor visitor) throws IOException {
        int count = 0;
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
                visitor.visit(Result.of(record));
                count++;
            }
        } catch (KafkaException e) {
            throw explained(e);
        }
        return count;
    }

    /** Whether all was read that is committed by now. */
    public boolean atEnd() throws IOException {
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
                if (consumer.position(end.getKey()) < end.getValue()) {
                    return false;
                }
            }
            return true;
        } catch (KafkaException e) {
            throw explained(e);
        }
    }

    private static IOException explained(KafkaException e) {
        if (e instanceof InterruptException) {
            Thread.interrupted(); // the exception says it from here on
            return (IOException)
                    new InterruptedIOException("interrupted while reading from Kafka").initCause(e);
        }
        return new IOException("cannot read forecasts from Kafka: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
