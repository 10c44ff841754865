package org.cellstream.benchmarks.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cellstream.jobs.kafka.LocalKafka;

/** A Kafka broker in this process, for jobs in other ones. */
public final class Broker implements AutoCloseable {

    private static final int PARTITIONS = 4;

    private static final List<String> ROLES = List.of("forecasts", "late", "rejected");

    private final LocalKafka kafka;

    private Broker(LocalKafka kafka) {
        this.kafka = kafka;
    }

    public static Broker start(Path folder) throws IOException {
        return new Broker(LocalKafka.start(folder));
    }

    /** Where clients connect. */
    public String address() {
        return kafka.bootstrapServers();
    }

    /** Makes a topic. */
    public void createTopic(String name) throws IOException {
        kafka.createTopic(name, PARTITIONS, Map.of());
    }

    /** Makes the topics that a job needs to find to write to. */
    public void createTopics(String prefix) throws IOException {
        for (String role : ROLES) {
            createTopic(prefix + role);
        }
    }

    @Override
    public void close() {
        kafka.close();
    }
}
