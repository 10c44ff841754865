package org.cellstream.jobs.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.annotation.Internal;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of one Kafka cluster: which there are, how they are set, and making them. */
@Internal
public final class Topics implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LOOKS = 250;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Admin admin;
    private final String servers;

    private Topics(Admin admin, String servers) {
        this.admin = admin;
        this.servers = servers;
    }

    /**
     * A connection with the settings of a Kafka client, {@code bootstrap.servers} among them.
     *
     * @throws IOException if no client can be made of the settings, as when no address resolves
     */
    public static Topics connect(Map<String, String> client) throws IOException {
        Map<String, Object> config = new HashMap<>(client);
        int patience = (int) PATIENCE.toMillis();
        config.putIfAbsent(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, patience);
        config.putIfAbsent(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, patience);
        try {
            String servers =
                    client.getOrDefault(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "no address");
            return new Topics(Admin.create(config), servers);
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    "Kafka's client does not take its settings: " + cause.getMessage(), e);
        }
    }

    /** How many partitions a topic has; empty if there is no such topic. */
    public OptionalInt partitions(String name) throws IOException {
        try {
            TopicDescription topic =
                    one(await(admin.describeTopics(List.of(name)).allTopicNames()));
            return OptionalInt.of(topic.partitions().size());
        } catch (UnknownTopicOrPartitionException e) {
            return OptionalInt.empty();
        }
    }

    /** A setting of a topic that there is, as {@code cleanup.policy}. */
    public String setting(String name, String key) throws IOException {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        return one(await(admin.describeConfigs(List.of(topic)).all())).get(key).value();
    }

    /** The answer to a question about one topic. */
    private static <T> T one(Map<?, T> answers) {
        return answers.values().iterator().next();
    }

    /** Makes a topic and waits until clients see it; one that is there already stays as it is. */
    public void create(String name, int partitions, Map<String, String> config) throws IOException {
        short byTheBroker = -1;
        NewTopic topic = new NewTopic(name, partitions, byTheBroker).configs(config);
        try {
            await(admin.createTopics(List.of(topic)).all());
        } catch (TopicExistsException there) {
            return;
        }
        for (int i = 0; i < LOOKS && partitions(name).isEmpty(); i++) {
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted while waiting for Kafka", e);
    }

    /**
     * The answer; errors about topics as Kafka's own exceptions, all others as an {@link
     * IOException}.
     */
    private <T> T await(KafkaFuture<T> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof UnknownTopicOrPartitionException unknown) {
                throw unknown;
            }
            if (cause instanceof TopicExistsException exists) {
                throw exists;
            }
            throw new IOException(explained(cause), cause);
        }
    }

    private String explained(Throwable cause) {
        return cause instanceof TimeoutException
                ? "Kafka at %s does not answer within %d s".formatted(servers, PATIENCE.toSeconds())
                : "Kafka at %s refuses: %s".formatted(servers, cause.getMessage());
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
