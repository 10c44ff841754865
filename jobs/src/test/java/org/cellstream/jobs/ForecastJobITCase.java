package org.cellstream.jobs;

import static org.apache.kafka.common.IsolationLevel.READ_COMMITTED;
import static org.apache.kafka.common.IsolationLevel.READ_UNCOMMITTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.config.WeightTiming;
import org.cellstream.event.WeightUpdate;
import org.cellstream.jobs.config.JobConfig;
import org.cellstream.jobs.config.JobOptions;
import org.cellstream.jobs.kafka.Delivery;
import org.cellstream.jobs.kafka.LocalKafka;
import org.cellstream.jobs.kafka.WeightsTopic;
import org.cellstream.nn.Network;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForecastJobITCase {

    private static final int KEYS = 4;
    private static final int TIMES = 60;
    private static final int LARGE = 900_000;

    @TempDir static Path folder;
    private static LocalKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = LocalKafka.start(folder.resolve("kafka"));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @ParameterizedTest
    @EnumSource
    void keepsItsPromiseAfterACrash(Delivery delivery) throws Exception {
        JobRun run = new JobRun(kafka, "crash-" + delivery, folder.resolve(delivery.toString()));
        run.options().set(JobOptions.DELIVERY, delivery);
        run.options().set(JobOptions.CHECKPOINT_INTERVAL, Duration.ofSeconds(2));
        run.sendPrices(KEYS, 0, TIMES);

        try (CrashableJob job = CrashableJob.start(run.define())) {
            run.await("forecasts", KEYS * TIMES, READ_COMMITTED);
            run.sendPrices(KEYS, TIMES, TIMES);
            run.await(
                    "forecasts",
                    2 * KEYS * TIMES,
                    READ_UNCOMMITTED); // most of them after the last checkpoint
            job.crash();
            run.sendPrices(KEYS, 2 * TIMES, TIMES);
            run.await("forecasts", 3 * KEYS * TIMES, READ_COMMITTED);
        }

        List<String> steps = run.texts("forecasts").stream().map(JobRun::keyAndStep).toList();
        Set<String> once = new TreeSet<>(steps);
        assertThat(once).isEqualTo(allSteps(3 * TIMES));
        if (delivery == Delivery.EXACTLY_ONCE) {
            assertThat(steps).hasSameSizeAs(once);
        }
    }

    private static Set<String> allSteps(int times) {
        Set<String> steps = new TreeSet<>();
        for (int key = 0; key < KEYS; key++) {
            for (int step = 1; step <= times; step++) {
                steps.add("k" + key + " " + step);
            }
        }
        return steps;
    }

    @Test
    void goesOnAfterWhateverIsNoEvent() throws Exception {
        JobRun run = new JobRun(kafka, "poison", folder.resolve("poison"));
        run.options().set(JobOptions.BOUNDED, true);
        List<String> poison = poison();
        run.sendPrices(KEYS, 0, 2);
        poison.forEach(p -> run.send(p.getBytes(StandardCharsets.ISO_8859_1)));
        run.send(null);
        run.send(JobRun.event("k0", 500, 100).getBytes(StandardCharsets.UTF_8)); // late
        run.sendPrices(KEYS, 2, 2);

        run.define().execute();

        assertThat(run.read("forecasts")).hasSize(KEYS * 4);
        assertThat(run.texts("late"))
                .singleElement()
                .asString()
                .startsWith(
                        "{\"name\":\"k0\",\"time\":500,\"price\":100.0,\"partition\":0,\"offset\":");
        assertThat(causes(run))
                .hasSize(poison.size() + 1)
                .containsOnlyOnce("EMPTY_NUMBER", "NOT_A_NUMBER", "TRANSFORM");
        assertThat(run.texts("rejected"))
                .allMatch(
                        json ->
                                json.contains(
                                        "\"topic\":\"poison-events\",\"partition\":0,\"offset\":"))
                .anyMatch(json -> json.contains(base64("hello")))
                .anyMatch(json -> json.contains("\"field\":\"price\",\"value\":\"abc\""));
    }

    private static List<String> poison() {
        return List.of(
                "",
                "hello",
                "[]",
                "{\"name\":\"k0\"",
                "{\"time\":1,\"price\":1}",
                "{\"name\":\"k0\",\"price\":1}",
                "{\"name\":\"k0\",\"time\":\"soon\",\"price\":1}",
                "{\"name\":\"k0\",\"name\":\"k0\",\"time\":1,\"price\":1}",
                "{\"name\":\"k\u00ff\",\"time\":1,\"price\":1}",
                "{\"name\":\"\\ud800\",\"time\":1,\"price\":1}",
                "{\"name\":\"" + "k".repeat(LARGE) + "\",\"time\":1,\"price\":1}",
                "x".repeat(LARGE),
                "{\"name\":\"k0\",\"time\":1500,\"price\":null}",
                "{\"name\":\"k0\",\"time\":1500,\"price\":\"abc\"}",
                "{\"name\":\"k0\",\"time\":1500,\"price\":0}");
    }

    private static List<String> causes(JobRun run) {
        List<String> causes = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : run.read("rejected")) {
            causes.add(
                    new String(
                            record.headers().lastHeader("cause").value(), StandardCharsets.UTF_8));
        }
        return causes;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void startsFromTheWeightsThatAnotherRunPublished() throws Exception {
        JobRun run = new JobRun(kafka, "weights", folder.resolve("weights"));
        run.options().set(JobOptions.BOUNDED, true);
        run.sendPrices(KEYS, 0, TIMES);
        run.define().execute();
        WeightUpdate learned = newest(run);

        run.options().set(CellstreamOptions.TRAINING_ENABLED, false);
        run.options().set(JobOptions.TOPIC_FORECASTS, run.another("forecasts-2"));
        run.define().execute();
        run.options().set(CellstreamOptions.TRAINING_ENABLED, true);
        run.options().set(JobOptions.TOPIC_FORECASTS, run.another("forecasts-3"));
        run.define().execute();

        assertThat(learned.generation()).isEqualTo(1);
        assertThat(learned.number()).isGreaterThan(5);
        assertThat(run.texts("forecasts-2"))
                .hasSize(KEYS * TIMES)
                .allMatch(json -> json.contains(version(learned)));
        assertThat(newest(run).generation()).isEqualTo(2);
    }

    private static String version(WeightUpdate weights) {
        return "\"weightsGeneration\":%d,\"weightsNumber\":%d,"
                .formatted(weights.generation(), weights.number());
    }

    private static WeightUpdate newest(JobRun run) throws Exception {
        JobConfig config = JobConfig.from(run.options());
        Network network = Network.of(2).lstm(4).dense(1);
        return WeightsTopic.newest(config.kafka().client(), config.topics().weights(), network)
                .newest()
                .orElseThrow();
    }

    @Test
    void givesTheSameForecastsTwiceWhereWeightsGoByEventTime() throws Exception {
        JobRun run = new JobRun(kafka, "epochs", folder.resolve("epochs"));
        run.options().set(JobOptions.BOUNDED, true);
        run.options().set(CellstreamOptions.WEIGHTS_TIMING, WeightTiming.EVENT_TIME);
        run.options().set(CellstreamOptions.WEIGHTS_EPOCH, Duration.ofSeconds(4));
        run.sendPrices(KEYS, 0, TIMES);
        run.define().execute();
        run.options().set(JobOptions.TOPIC_FORECASTS, run.another("forecasts-2"));
        run.define().execute();

        List<String> first = run.texts("forecasts");
        assertThat(first)
                .hasSize(KEYS * TIMES)
                .anyMatch(json -> json.contains("\"weightsNumber\":9,"));
        assertThat(run.texts("forecasts-2")).containsExactlyInAnyOrderElementsOf(first);
    }
}
