package org.cellstream.jobs.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.cellstream.nn.Network;

/**
 * The topic on which weights travel between jobs: compacted, with one partition, so that slices
 * come in the order in which they were written.
 */
@Internal
public final class WeightsTopic {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private WeightsTopic() {}

    /** Makes the topic if it is not there. */
    public static void create(Topics topics, String name) throws IOException {
        topics.create(name, 1, Map.of("cleanup.policy", "compact"));
    }

    /**
     * Reads the topic from its start to the end that it has now.
     *
     * @param client settings of a Kafka client
     * @throws IOException if Kafka does not answer, or not to its end within a minute
     */
    public static PublishedWeights newest(Map<String, String> client, String topic, Network network)
            throws IOException {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return read(consumer, topic, network);
        } catch (KafkaException e) {
            throw new IOException(
                    "cannot read the weights on topic " + topic + ": " + e.getMessage(), e);
        }
    }

    private static PublishedWeights read(
            Consumer<byte[], byte[]> consumer, String topic, Network network) throws IOException {
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic).stream()
                        .map(p -> new TopicPartition(topic, p.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        WeightAssembler assembler =
                new WeightAssembler(network.toString(), network.parameters().size());
        long generation = 0;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ends.entrySet().stream()
                .anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "topic "
                                + topic
                                + " was not read to its end within "
                                + PATIENCE.toSeconds()
                                + " s");
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                generation = Math.max(generation, add(record, assembler));
            }
        }
        return new PublishedWeights(assembler.newest(), generation);
    }

    /** Adds what the record holds and returns its generation; 0 if it holds no slice. */
    private static long add(ConsumerRecord<byte[], byte[]> record, WeightAssembler assembler) {
        if (record.value() == null) {
            return 0;
        }
        try {
            WeightSlice slice = WeightSlice.decode(record.value());
            assembler.add(slice);
            return slice.generation();
        } catch (IOException noSlice) {
            return 0; // somebody else's record; the source of a running job logs it
        }
    }
}
