package org.cellstream.benchmarks.chaos;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.cellstream.jobs.kafka.Topics;

/**
 * A job of {@code cellstream-job.jar} on a cluster: its topics, its file, its submission and its
 * end.
 */
final class TestJob {

    /** Where all jobs read. */
    static final String EVENTS = "events";

    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final LocalCluster cluster;
    private final FlinkRest flink;
    private final String name;
    private final String id;

    private TestJob(LocalCluster cluster, FlinkRest flink, String name, String id) {
        this.cluster = cluster;
        this.flink = flink;
        this.name = name;
        this.id = id;
    }

    static void createEvents(LocalCluster cluster) throws IOException {
        try (Topics topics = Topics.connect(Map.of("bootstrap.servers", cluster.kafka()))) {
            topics.create(EVENTS, PARTITIONS, Map.of());
        }
    }

    /**
     * Makes the topics of a job and submits it.
     *
     * @param name of the job; its topics begin with it
     * @param options lines of its file, under {@code cellstream}
     */
    static TestJob submit(LocalCluster cluster, String name, List<String> options)
            throws IOException {
        try (Topics topics = Topics.connect(Map.of("bootstrap.servers", cluster.kafka()))) {
            for (String role : List.of("forecasts", "late", "rejected")) {
                topics.create(name + "-" + role, PARTITIONS, Map.of());
            }
        }
        Path file = cluster.folder().resolve(name + ".yaml");
        Files.writeString(
                file,
                """
                cellstream:
                  name: %1$s
                  kafka.bootstrap-servers: %2$s
                  key: key
                  time: time
                  columns:
                    - value = value
                    - size = size | log1p
                  target: value
                  delivery: exactly-once
                  checkpoint.interval: 1 s
                  parallelism: 2
                  topics:
                    events: %3$s
                    forecasts: %1$s-forecasts
                    weights: %1$s-weights
                    late: %1$s-late
                    rejected: %1$s-rejected
                """
                                .formatted(name, cluster.kafka(), EVENTS)
                        + options.stream()
                                .map(line -> "  " + line + "\n")
                                .collect(Collectors.joining()));
        return new TestJob(cluster, new FlinkRest(cluster.web()), name, cluster.submit(file));
    }

    String id() {
        return id;
    }

    String forecasts() {
        return name + "-forecasts";
    }

    /** Waits until it runs: until it has completed a checkpoint. */
    void awaitCheckpoint() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (flink.checkpoints(id) == 0) {
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "job %s has completed no checkpoint within %d s"
                                .formatted(name, PATIENCE.toSeconds()));
            }
            FlinkRest.pause();
        }
    }

    /**
     * Waits until a checkpoint has seen all events that are in Kafka, then stops the job, which
     * steps and emits what it holds.
     *
     * @return the folder of the savepoint
     */
    Path finish() throws IOException {
        long least = Long.MAX_VALUE;
        long deadline = 0;
        for (long unread = unread(); unread > 0; unread = unread()) {
            if (unread < least) {
                least = unread;
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new IOException(
                        "job %s has %d events to read still, as many as %d s ago"
                                .formatted(name, unread, PATIENCE.toSeconds()));
            }
            FlinkRest.pause();
        }
        return flink.drain(id, cluster.folder().resolve("savepoints"));
    }

    /** Events in Kafka that no checkpoint of the job has seen. */
    private long unread() throws IOException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.kafka()))) {
            Map<TopicPartition, OffsetAndMetadata> read =
                    admin.listConsumerGroupOffsets(name + "-events")
                            .partitionsToOffsetAndMetadata()
                            .get();
            Map<TopicPartition, Long> ends = new HashMap<>();
            Map<TopicPartition, OffsetSpec> questions =
                    IntStream.range(0, PARTITIONS)
                            .mapToObj(partition -> new TopicPartition(EVENTS, partition))
                            .collect(
                                    Collectors.toMap(
                                            Function.identity(), p -> OffsetSpec.latest()));
            admin.listOffsets(questions)
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.put(partition, end.offset()));
            long unread = 0;
            for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
                OffsetAndMetadata seen = read.get(end.getKey());
                unread += end.getValue() - (seen == null ? 0 : seen.offset());
            }
            return unread;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        } catch (ExecutionException e) {
            throw new IOException("Kafka does not say how far job " + name + " is", e);
        }
    }

    /** Records on the topics for what could not be forecast. */
    long refused() throws IOException {
        return ForecastLog.written(cluster.kafka(), name + "-late")
                + ForecastLog.written(cluster.kafka(), name + "-rejected");
    }
}
