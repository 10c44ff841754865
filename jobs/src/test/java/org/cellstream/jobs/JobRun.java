package org.cellstream.jobs;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.jobs.config.JobConfig;
import org.cellstream.jobs.config.JobOptions;
import org.cellstream.jobs.embedded.EmbeddedFlink;
import org.cellstream.jobs.kafka.LocalKafka;
import org.jspecify.annotations.Nullable;

/** A forecast job on topics of its own, and what tests write to and read from them. */
final class JobRun {

    static final int PARTITIONS = 2;

    private static final List<String> TOPICS =
            List.of("events", "forecasts", "late", "rejected", "weights");

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern KEY_AND_STEP =
            Pattern.compile("\"key\":\"(.*?)\".*?\"step\":(\\d+)");

    private final LocalKafka kafka;
    private final String prefix;
    private final Path folder;
    private final Configuration options = new Configuration();

    JobRun(LocalKafka kafka, String prefix, Path folder) throws Exception {
        this.kafka = kafka;
        this.prefix = prefix;
        this.folder = folder;
        for (String topic : TOPICS.subList(0, 4)) {
            kafka.createTopic(topic(topic), PARTITIONS, Map.of());
        }
        options.set(JobOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers());
        options.set(JobOptions.NAME, prefix);
        for (String topic : TOPICS) {
            options.setString("cellstream.topics." + topic, topic(topic));
        }
        options.set(JobOptions.KEY, "name");
        options.set(JobOptions.TIME, "time");
        options.set(JobOptions.CHECKPOINT_INTERVAL, Duration.ofMillis(300));
        options.set(CellstreamOptions.COLUMNS, "price = price | log, return = price | log | diff");
        options.set(CellstreamOptions.TARGET, "price");
        options.set(CellstreamOptions.NETWORK, "lstm(4) dense(1)");
        options.set(CellstreamOptions.TRAINING_WINDOW, 4);
        options.set(CellstreamOptions.TRAINING_MINIBATCH, 4);
        // Whatever is learned is published, all of it: tests count publications.
        options.set(CellstreamOptions.TRAINING_GATE, false);
        options.set(CellstreamOptions.TRAINING_RATE, "all");
    }

    String topic(String name) {
        return prefix + "-" + name;
    }

    Configuration options() {
        return options;
    }

    /** Makes one more topic and returns its whole name. */
    String another(String name) throws Exception {
        kafka.createTopic(topic(name), PARTITIONS, Map.of());
        return topic(name);
    }

    /** Puts the job together in a Flink of its own. */
    StreamExecutionEnvironment define() throws Exception {
        EmbeddedFlink flink =
                new EmbeddedFlink(folder.resolve("flink"), folder.resolve("checkpoints"));
        StreamExecutionEnvironment env = flink.environment();
        ForecastJob.define(env, JobConfig.from(options));
        return env;
    }

    static String event(String key, long time, double price) {
        return "{\"name\":\"%s\",\"time\":%d,\"price\":%s}".formatted(key, time, price);
    }

    /** Writes one price of each key at each of the times from {@code first} on. */
    @SuppressWarnings("FutureReturnValueIgnored") // a lost event fails the test
    void sendPrices(int keys, int first, int times) {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (int time = first; time < first + times; time++) {
                for (int key = 0; key < keys; key++) {
                    double price = 100 + 10 * Math.sin(time * 0.3 + key);
                    String json = event("k" + key, 1000L * time, price);
                    producer.send(
                            new ProducerRecord<>(
                                    topic("events"),
                                    key % PARTITIONS,
                                    null,
                                    json.getBytes(StandardCharsets.UTF_8)));
                }
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    void send(byte @Nullable [] value) {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.send(new ProducerRecord<>(topic("events"), 0, null, value));
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** All committed records that a topic has now. */
    List<ConsumerRecord<byte[], byte[]>> read(String name) {
        return read(name, IsolationLevel.READ_COMMITTED);
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String name, IsolationLevel isolation) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                kafka.bootstrapServers(),
                                "isolation.level",
                                isolation.toString()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic(name)).stream()
                            .map(p -> new TopicPartition(p.topic(), p.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** Waits until a topic has so many records. */
    void await(String name, int records, IsolationLevel isolation) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (read(name, isolation).size() < records) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "topic %s has %d records after %s; need %d"
                                .formatted(topic(name), read(name).size(), PATIENCE, records));
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** Key and step of a forecast, as {@code k0 17}. */
    static String keyAndStep(String forecast) {
        Matcher matcher = KEY_AND_STEP.matcher(forecast);
        if (!matcher.find()) {
            throw new AssertionError("this is no forecast: " + forecast);
        }
        return matcher.group(1) + " " + matcher.group(2);
    }

    List<String> texts(String name) {
        return read(name).stream().map(r -> new String(r.value(), StandardCharsets.UTF_8)).toList();
    }
}
