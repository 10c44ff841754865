package org.cellstream.benchmarks.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/** Reads committed forecasts as they come, in a thread of its own, and says when they came. */
final class CommitWatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<String, byte[]> consumer;
    private final Thread thread = new Thread(this::read, "commit-watch");
    private volatile @Nullable Exception failure;
    private final List<Long> arrivals = new ArrayList<>();
    private long from = Long.MAX_VALUE;
    private long fresh;

    CommitWatch(String kafka, String topic) {
        consumer = ForecastLog.consumer(kafka, "read_committed");
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic).stream()
                        .map(p -> new TopicPartition(topic, p.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.setDaemon(true);
        thread.start();
    }

    /** Forgets what came so far, and looks for a forecast of this event or a later one. */
    synchronized void lookFor(long event) {
        arrivals.clear();
        from = event;
        fresh = 0;
    }

    /** When a forecast that was looked for came, epoch milliseconds; 0 if none has come. */
    synchronized long fresh() throws IOException {
        Exception e = failure;
        if (e != null) {
            throw new IOException("cannot read forecasts: " + e.getMessage(), e);
        }
        return fresh;
    }

    /** When the first forecast came at or after a time, epoch milliseconds. */
    synchronized long firstSince(long time) throws IOException {
        return arrivals.stream()
                .mapToLong(Long::longValue)
                .filter(arrival -> arrival >= time)
                .min()
                .orElseThrow(() -> new IOException("no forecast came since"));
    }

    private void read() {
        try {
            while (true) {
                ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
                long newest = -1;
                for (ConsumerRecord<String, byte[]> record : records) {
                    long time = ForecastLog.number(record.value(), "time");
                    newest = Math.max(newest, EventStream.at(time));
                }
                note(newest);
            }
        } catch (WakeupException end) {
            consumer.close();
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    private synchronized void note(long newest) {
        if (newest < 0) {
            return;
        }
        long now = System.currentTimeMillis();
        arrivals.add(now);
        if (newest >= from) {
            from = Long.MAX_VALUE;
            fresh = now;
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
