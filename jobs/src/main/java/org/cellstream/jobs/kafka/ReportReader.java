package org.cellstream.jobs.kafka;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the reports that come to a topic from now on, committed ones only. One thread. */
@Internal
public final class ReportReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;

    ReportReader(Consumer<byte[], byte[]> consumer, String topic) {
        this.consumer = consumer;
        this.topic = topic;
    }

    /**
     * Opens a topic that is there, at its end.
     *
     * @param client settings of a Kafka client
     * @throws IOException if Kafka does not answer, or this thread is interrupted
     */
    public static ReportReader atEnd(Map<String, String> client, String topic) throws IOException {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        ReportReader reader = null;
        try {
            Consumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(
                            config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            reader = new ReportReader(consumer, topic);
            reader.seekToEnd();
            return reader;
        } catch (KafkaException e) {
            if (reader != null) {
                reader.close();
            }
            throw explained(topic, e);
        }
    }

    private void seekToEnd() {
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic).stream()
                        .map(p -> new TopicPartition(topic, p.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // now, and not at the first poll
    }

    /**
     * Waits for the report that answers an order. Others may have asked for one of the same key.
     *
     * @param order where the order was written
     * @return its JSON; empty if none came in time
     * @throws IOException if Kafka cannot be read, or this thread is interrupted
     */
    public Optional<String> await(ControlTopic.Place order, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.value() != null && answers(record.value(), order)) {
                        return Optional.of(new String(record.value(), StandardCharsets.UTF_8));
                    }
                }
            }
            return Optional.empty();
        } catch (KafkaException e) {
            throw explained(topic, e);
        }
    }

    /** Whether a record is the report that an order asked for. */
    static boolean answers(byte[] record, ControlTopic.Place order) throws IOException {
        long partition = -1;
        long offset = -1;
        try (JsonParser json = Json.FACTORY.createParser(record)) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                if (name.equals(ReportEncoder.ORDER_PARTITION)) {
                    partition = json.getValueAsLong(-1);
                } else if (name.equals(ReportEncoder.ORDER_OFFSET)) {
                    offset = json.getValueAsLong(-1);
                }
                json.skipChildren();
            }
            return partition == order.partition() && offset == order.offset();
        } catch (JsonProcessingException e) {
            return false; // somebody else's record
        }
    }

    private static IOException explained(String topic, KafkaException e) {
        if (e instanceof InterruptException) {
            Thread.interrupted(); // the exception says it from here on
            return (IOException)
                    new InterruptedIOException("interrupted while reading from Kafka").initCause(e);
        }
        return new IOException("cannot read topic " + topic + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
