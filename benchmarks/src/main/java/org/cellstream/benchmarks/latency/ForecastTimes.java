package org.cellstream.benchmarks.latency;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads forecasts as they are committed and keeps when their events were due and when they came, in
 * a thread of its own. A millisecond is the unit of event time, so latencies are up to one too
 * long.
 */
final class ForecastTimes implements AutoCloseable {

    private static final byte[] TIME = "\"time\":".getBytes(StandardCharsets.US_ASCII);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long LONGEST_NANOS = 600_000_000_000L;
    private static final int DIGITS = 3;
    private static final int TEN = 10;

    private final Consumer<byte[], byte[]> consumer;
    private final Thread thread = new Thread(this::run, "forecast-times");
    private volatile boolean closed;
    private volatile @Nullable Exception failure;
    private volatile long seen;
    private long expected;
    private long[] due = new long[0];
    private long[] came = new long[0];
    private long skipped;

    ForecastTimes(String kafka, String topic) {
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                kafka,
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                                10),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic).stream()
                        .map(p -> new TopicPartition(topic, p.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    note(record.value());
                }
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private synchronized void note(byte[] json) {
        int at = (int) (seen - skipped);
        if (at < due.length) {
            due[at] = time(json);
            came[at] = System.currentTimeMillis();
        }
        seen = seen + 1;
    }

    /** The number after {@code "time":}. */
    static long time(byte[] json) {
        int at = 0;
        while (!Arrays.equals(json, at, at + TIME.length, TIME, 0, TIME.length)) {
            at++;
        }
        long time = 0;
        for (int i = at + TIME.length; json[i] >= '0' && json[i] <= '9'; i++) {
            time = time * TEN + json[i] - '0';
        }
        return time;
    }

    /** Makes room for the next forecasts; all before have come. */
    synchronized void expect(long count) {
        skipped = seen;
        expected = seen + count;
        due = new long[(int) count];
        came = new long[(int) count];
    }

    /** Waits until they have come. */
    void await() throws IOException {
        while (seen < expected) {
            Exception e = failure;
            if (e != null) {
                throw new IOException("cannot read forecasts: " + e.getMessage(), e);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(1);
            } catch (InterruptedException e1) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException("interrupted").initCause(e1);
            }
        }
    }

    /**
     * What the last forecasts took.
     *
     * @param begun when checkpoints began, epoch milliseconds
     * @param ended when they were complete
     */
    synchronized Latencies latencies(String cell, List<Double> begun, List<Double> ended) {
        Histogram whole = new Histogram(LONGEST_NANOS, DIGITS);
        Histogram apart = new Histogram(LONGEST_NANOS, DIGITS);
        for (int i = 0; i < due.length; i++) {
            long nanos = TimeUnit.MILLISECONDS.toNanos(Math.max(0, came[i] - due[i]));
            whole.recordValue(Math.min(LONGEST_NANOS, nanos));
            if (!Overlap.any((double) due[i], (double) came[i], begun, ended)) {
                apart.recordValue(Math.min(LONGEST_NANOS, nanos));
            }
        }
        return new Latencies(cell, whole, apart, List.of());
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        consumer.close();
    }
}
