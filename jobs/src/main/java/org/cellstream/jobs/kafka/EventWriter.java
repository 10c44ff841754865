package org.cellstream.jobs.kafka;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON records to one topic, those of one key in the order in which they were sent. A record
 * that Kafka did not take shows at the next call. One thread.
 */
@Internal
public final class EventWriter implements AutoCloseable {

    private static final int BATCH_BYTES = 128 << 10;
    private static final int LINGER_MILLIS = 5;

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private volatile @Nullable Exception failure;

    public EventWriter(String bootstrapServers, String topic) {
        this.topic = topic;
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                                ProducerConfig.ACKS_CONFIG, "all",
                                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                                ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES,
                                ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /**
     * Sends a record without waiting for it, unless much is under way.
     *
     * @param key the record's key, which decides its partition; null for none
     * @throws IOException if an earlier record was not taken, or this thread is interrupted
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of it
    public void send(@Nullable String key, byte[] json) throws IOException {
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        try {
            producer.send(new ProducerRecord<>(topic, keyBytes, json), (sent, e) -> note(e));
        } catch (KafkaException e) {
            throw explained(e);
        }
        refuseAfterFailure();
    }

    private void note(@Nullable Exception e) {
        if (e != null && failure == null) {
            failure = e;
        }
    }

    /** Waits until Kafka has all records. */
    public void flush() throws IOException {
        try {
            producer.flush();
        } catch (KafkaException e) {
            throw explained(e);
        }
        refuseAfterFailure();
    }

    private void refuseAfterFailure() throws IOException {
        Exception first = failure;
        if (first != null) {
            throw explained(first);
        }
    }

    private IOException explained(Exception e) {
        if (e instanceof InterruptException) {
            Thread.interrupted(); // the exception says it from here on
            return (IOException)
                    new InterruptedIOException("interrupted while writing to Kafka").initCause(e);
        }
        return new IOException(
                "Kafka did not take a record for topic " + topic + ": " + e.getMessage(), e);
    }

    /** Gives up what was not flushed. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
