package org.cellstream.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.cellstream.jobs.kafka.EventWriter;
import org.cellstream.jobs.kafka.ForecastReader;
import org.cellstream.jobs.kafka.LocalKafka;
import org.cellstream.jobs.report.ForecastLine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The example file in {@code deploy/local}, on a broker that has nothing at first. */
@TestMethodOrder(OrderAnnotation.class)
class RunCommandITCase {

    private static final Path EXAMPLE = Path.of("../deploy/local/forecast.yaml");
    private static final int DAYS = 28;
    private static final long PATIENCE_SECONDS = 60;

    @TempDir static Path folder;
    private static LocalKafka kafka;
    private static Path config;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() throws Exception {
        kafka = LocalKafka.start(folder.resolve("kafka"));
        config = folder.resolve("forecast.yaml");
        String example = Files.readString(EXAMPLE);
        assertThat(example).contains("127.0.0.1:9092", "folder: checkpoints", "interval: 5 s");
        Files.writeString(
                config,
                example.replace("127.0.0.1:9092", kafka.bootstrapServers())
                        .replace("folder: checkpoints", "folder: " + folder.resolve("checkpoints"))
                        .replace("interval: 5 s", "interval: 300 ms"));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    @Order(1)
    void checkTellsWhichTopicsAreMissing() {
        int code = cellstream("check", "--config", config.toString());

        assertThat(code).isEqualTo(2);
        assertThat(out.toString()).contains("has no mistakes");
        assertThat(err.toString())
                .contains("4 mistakes in the topics of Kafka at " + kafka.bootstrapServers())
                .contains("\n  cellstream.topics.events is stocks; need a topic that is there")
                .contains(
                        "\n"
                                + "  cellstream.topics.rejected is stock-rejected; need a topic that is"
                                + " there");
    }

    @Test
    @Order(2)
    void runGoesOnWhereItWasInterrupted() throws Exception {
        for (String topic : List.of("stocks", "stock-forecasts", "stock-late", "stock-rejected")) {
            kafka.createTopic(topic, 2, Map.of());
        }
        send(1);
        int first = runUntil(DAYS);
        send(2);
        int second = runUntil(2 * DAYS);

        assertThat(first).isEqualTo(Main.INTERRUPTED);
        assertThat(second).isEqualTo(Main.INTERRUPTED);
        assertThat(out.toString())
                .contains("starting without a checkpoint")
                .contains("topic stocks -> topic stock-forecasts; page http://127.0.0.1:")
                .contains("going on from " + folder.resolve("checkpoints").resolve("stocks"));
        assertThat(steps()).hasSize(2 * DAYS).doesNotHaveDuplicates().contains(1L, 2L * DAYS);
    }

    @Test
    @Order(3)
    void checkTellsWithWhichWeightsAJobWouldStart() {
        int code = cellstream("check", "--config", config.toString());

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains(
                        "Kafka at "
                                + kafka.bootstrapServers()
                                + " has all topics; stocks has 2 partitions")
                .contains("the network is lstm(64) skip dense(1) over 3 inputs")
                .contains("stock-weights")
                .contains(
                        "orders are on topic stock-control", "reports are on topic stock-reports");
    }

    @Test
    @Order(4)
    void tellsOfMistakesWithTheCodeOfWrongInput() throws Exception {
        Path wrong = folder.resolve("wrong.yaml");
        Files.writeString(
                wrong, Files.readString(config).replace("parallelism: 2", "parallelism: two"));

        assertThat(cellstream("run", "--config", wrong.toString())).isEqualTo(2);
        assertThat(cellstream("run", "--config", folder.resolve("no.yaml").toString()))
                .isEqualTo(2);
        assertThat(err.toString())
                .containsPattern("line \\d+: cellstream.parallelism is two; need a whole number")
                .contains("there is no file " + folder.resolve("no.yaml"));
    }

    @Test
    @Order(5)
    void refusesATopicOfOrdersThatKeepsOnlyTheNewestOfAKey() throws Exception {
        kafka.createTopic("compacted", 1, Map.of("cleanup.policy", "compact"));
        Path wrong = folder.resolve("compacted.yaml");
        Files.writeString(
                wrong,
                Files.readString(config).replace("control: stock-control", "control: compacted"));

        assertThat(cellstream("check", "--config", wrong.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "cellstream.topics.control is compacted, whose cleanup.policy is compact;"
                                + " need delete");
    }

    private int cellstream(String... arguments) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    /** Runs the job until so many forecasts are committed, then interrupts it as Ctrl-C does. */
    private int runUntil(int forecasts) throws Exception {
        FutureTask<Integer> run =
                new FutureTask<>(() -> cellstream("run", "--config", config.toString()));
        Thread thread = new Thread(run, "run");
        thread.start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (steps().size() < forecasts && System.nanoTime() < deadline && thread.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
        thread.interrupt();
        return run.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void send(int month) throws Exception {
        try (EventWriter writer = new EventWriter(kafka.bootstrapServers(), "stocks")) {
            for (int day = 1; day <= DAYS; day++) {
                String json =
                        "{\"Name\":\"AAL\",\"Date\":\"2013-%02d-%02d\",\"High\":%d,\"Low\":14,\"Close\":%d,\"Volume\":8407500}"
                                .formatted(month, day, 15 + day % 3, 15 + day % 2);
                writer.send("AAL", json.getBytes(StandardCharsets.UTF_8));
            }
            writer.flush();
        }
    }

    private static List<Long> steps() throws Exception {
        List<Long> steps = new ArrayList<>();
        try (ForecastReader reader =
                new ForecastReader(kafka.bootstrapServers(), List.of("stock-forecasts"))) {
            while (!reader.atEnd()) {
                reader.read(
                        Duration.ofMillis(100),
                        r -> steps.add(ForecastLine.parse(r.json()).step()));
            }
        }
        return steps;
    }
}
