package org.cellstream.benchmarks.chaos;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to a topic at a steady rate, in a thread of its own, until it has sent all or is
 * closed. Waits for a broker that is away, for minutes if need be, and catches up.
 */
final class Feed implements AutoCloseable {

    private static final long TICK_MILLIS = 10;
    private static final int PATIENCE_MILLIS = (int) Duration.ofMinutes(5).toMillis();

    private final EventStream events;
    private final String topic;
    private final double perSecond;
    private final long count;
    private final Producer<String, byte[]> producer;
    private final long start = System.nanoTime();
    private final Thread thread = new Thread(this::run, "feed");
    private volatile long sent;
    private volatile boolean closed;
    private volatile @Nullable Exception failure;

    /**
     * Starts sending.
     *
     * @param kafka address of the broker
     * @param perSecond events a second
     * @param count how many to send
     */
    Feed(EventStream events, String kafka, String topic, int perSecond, long count) {
        this.events = events;
        this.topic = topic;
        this.perSecond = perSecond;
        this.count = count;
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka,
                                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                                ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS,
                                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS),
                        new StringSerializer(),
                        new ByteArraySerializer());
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!closed && sent < count && failure == null) {
                sendUntil(Math.min(count, (long) (seconds() * perSecond)));
                TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
            }
            producer.flush();
        } catch (KafkaException | InterruptedException e) {
            failure = e;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of it
    private void sendUntil(long end) {
        for (long next = sent; next < end; next++) {
            producer.send(
                    new ProducerRecord<>(topic, events.key(next), events.json(next)),
                    (metadata, e) -> {
                        if (e != null) {
                            failure = e;
                        }
                    });
            sent = next + 1;
        }
    }

    /** Events sent so far. */
    long sent() throws IOException {
        Exception e = failure;
        if (e != null) {
            throw new IOException("Kafka did not take an event: " + e.getMessage(), e);
        }
        return sent;
    }

    /** Since the start. */
    double seconds() {
        return (System.nanoTime() - start) * 1e-9;
    }

    /** Waits until all are sent and Kafka has them; returns how many. */
    long await() throws IOException {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
        return sent();
    }

    /** Sends no more. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }
}
