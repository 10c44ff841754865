package org.cellstream.benchmarks.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.cellstream.benchmarks.harness.JobProcess;
import org.cellstream.benchmarks.pipeline.Broker;

/** How many bytes an update has on the weights topic. */
final class WeightsOnTheWire {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int LOOKS = 50;

    private WeightsOnTheWire() {}

    /** Keys and values of the records that one update makes. */
    static long bytes(Broker broker, Path work, String topic, String network) throws IOException {
        broker.createTopic(topic);
        List<String> arguments = List.of(broker.address(), topic, network);
        try (JobProcess job = JobProcess.start(work, "wire", WireMain.class, arguments)) {
            job.awaitReady();
            // Until the source has it, a checkpoint may come first.
            for (int look = 0; look < LOOKS; look++) {
                job.ask("publish");
                long bytes = read(broker.address(), topic);
                if (bytes > 0) {
                    return bytes;
                }
            }
        }
        throw new IOException("no weights came to the topic " + topic);
    }

    private static long read(String kafka, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", kafka),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(p -> new TopicPartition(topic, p.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long bytes = 0;
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    bytes += record.serializedKeySize() + record.serializedValueSize();
                }
            }
            return bytes;
        }
    }
}
