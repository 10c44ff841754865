package org.cellstream.benchmarks.pipeline;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Sits in every Kafka client of a job, as its {@code interceptor.classes}: lets so many events
 * through, by whole batches, and counts the forecasts that Kafka has taken. So a job can stand
 * still while others are measured, and is measured without a change to it. Static, since Kafka
 * makes the instances; a JVM runs one job.
 */
public final class KafkaGate
        implements ConsumerInterceptor<byte[], byte[]>, ProducerInterceptor<byte[], byte[]> {

    private static final Object LOCK = new Object();
    private static final AtomicLong FORECASTS = new AtomicLong();

    private static String events = "";
    private static String forecasts = "";
    private static long passed;
    private static long allowed;

    /** Names the topics, before the job starts. */
    static void watch(String eventsTopic, String forecastsTopic) {
        synchronized (LOCK) {
            events = eventsTopic;
            forecasts = forecastsTopic;
        }
    }

    /** Lets at least so many events more through. */
    static void allow(long more) {
        synchronized (LOCK) {
            allowed = more == Long.MAX_VALUE ? more : passed + more;
            LOCK.notifyAll();
        }
    }

    /** Whether all that were allowed are through. */
    static boolean isClosed() {
        synchronized (LOCK) {
            return passed >= allowed;
        }
    }

    /** Events so far. */
    static long passed() {
        synchronized (LOCK) {
            return passed;
        }
    }

    /** Forecasts so far. */
    static long forecasts() {
        return FORECASTS.get();
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        synchronized (LOCK) {
            int count = 0;
            for (TopicPartition partition : records.partitions()) {
                if (partition.topic().equals(events)) {
                    count += records.records(partition).size();
                }
            }
            while (count > 0 && passed >= allowed) {
                try {
                    LOCK.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    break;
                }
            }
            passed += count;
        }
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        return record;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, @Nullable Exception e) {
        if (e == null && metadata.topic().equals(forecasts)) {
            FORECASTS.incrementAndGet();
        }
    }

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public void close() {}
}
