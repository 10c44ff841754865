package org.cellstream.benchmarks.chaos;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The forecasts of each key on a topic, in the order in which a reader gets them. */
final class ForecastLog {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, List<Entry>> byKey = new HashMap<>();
    private long size;

    /**
     * One forecast.
     *
     * @param step which event of its key it was made for
     * @param json all its bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by its bytes where that is meant
    record Entry(long step, byte[] json) {}

    /** Takes one record. */
    @FunctionalInterface
    interface Visitor {
        void visit(ConsumerRecord<String, byte[]> record) throws IOException;
    }

    /** Reads what is committed by now. */
    static ForecastLog read(String kafka, String topic) throws IOException {
        ForecastLog log = new ForecastLog();
        visit(kafka, topic, "read_committed", record -> log.add(record.key(), record.value()));
        return log;
    }

    /** How many records are on a topic, those of transactions that were given up among them. */
    static long written(String kafka, String topic) throws IOException {
        long[] count = {0};
        visit(kafka, topic, "read_uncommitted", record -> count[0]++);
        return count[0];
    }

    private static void visit(String kafka, String topic, String isolation, Visitor visitor)
            throws IOException {
        try (Consumer<String, byte[]> consumer = consumer(kafka, isolation)) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(p -> new TopicPartition(topic, p.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    visitor.visit(record);
                }
            }
        }
    }

    static Consumer<String, byte[]> consumer(String kafka, String isolation) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", kafka,
                        "isolation.level", isolation,
                        "enable.auto.commit", false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    void add(String key, byte[] json) throws IOException {
        byKey.computeIfAbsent(key, k -> new ArrayList<>())
                .add(new Entry(number(json, "step"), json));
        size++;
    }

    /** A number field of a forecast. */
    static long number(byte[] json, String name) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME
                        && parser.currentName().equals(name)) {
                    parser.nextToken();
                    return parser.getLongValue();
                }
            }
        }
        throw new IOException("a forecast has no field " + name);
    }

    List<Entry> of(String key) {
        return byKey.getOrDefault(key, List.of());
    }

    /** The number of the last weights that any key was forecast with. */
    long lastWeightsNumber() throws IOException {
        long last = 0;
        for (List<Entry> entries : byKey.values()) {
            last = Math.max(last, number(entries.get(entries.size() - 1).json(), "weightsNumber"));
        }
        return last;
    }

    long size() {
        return size;
    }
}
