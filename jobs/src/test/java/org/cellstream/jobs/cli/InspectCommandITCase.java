package org.cellstream.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/** The example file in {@code deploy/local}: a month from a file, the next from Kafka. */
@TestMethodOrder(OrderAnnotation.class)
class InspectCommandITCase {

    private static final Path EXAMPLE = Path.of("../deploy/local/forecast.yaml");
    private static final int DAYS = 28;
    private static final long PATIENCE_SECONDS = 60;

    @TempDir static Path folder;
    private static LocalKafka kafka;
    private static Path config;
    private static Path start;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() throws Exception {
        kafka = LocalKafka.start(folder.resolve("kafka"));
        for (String topic : List.of("stocks", "stock-forecasts", "stock-late", "stock-rejected")) {
            kafka.createTopic(topic, 2, Map.of());
        }
        config = folder.resolve("forecast.yaml");
        start = folder.resolve("start");
        Files.writeString(
                config,
                Files.readString(EXAMPLE)
                        .replace("127.0.0.1:9092", kafka.bootstrapServers())
                        .replace("folder: checkpoints", "folder: " + folder.resolve("checkpoints"))
                        .replace("interval: 5 s", "interval: 300 ms"));
        send(1);
        send(2);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    @Order(1)
    void bootstrapTellsWhatWasInTheFile() throws Exception {
        int code =
                cellstream(
                        "bootstrap",
                        "--config",
                        config.toString(),
                        "--csv",
                        csv().toString(),
                        "--out",
                        start.toString());

        assertThat(err.toString()).contains("writing the savepoint");
        assertThat(code).isZero();
        assertThat(out.toString())
                .containsPattern("rows +30\n")
                .containsPattern("forecasts +28\n")
                .containsPattern("rejected +1\n")
                .containsPattern("late +1\n")
                .containsPattern("keys +1\n")
                .containsPattern("lastTime +2013-01-28T00:00:00Z\n")
                .containsPattern("lastTimeMillis +1359331200000\n");
        assertThat(start.resolve("_metadata")).isNotEmptyFile();
        assertThat(folder.resolve("start.part")).doesNotExist();
    }

    @Test
    @Order(2)
    void runGoesOnAfterTheFileAndNeverTakesItTwice() throws Exception {
        int first = runUntil(DAYS, "--from", start.toString());
        int again = cellstream("run", "--config", config.toString(), "--from", start.toString());
        send(3);
        int second = runUntil(2 * DAYS);

        assertThat(first).isEqualTo(Main.INTERRUPTED);
        assertThat(again).isEqualTo(2);
        assertThat(second).isEqualTo(Main.INTERRUPTED);
        assertThat(out.toString())
                .contains("starting from " + start + " with the events after 2013-01-28T00:00:00Z");
        assertThat(err.toString())
                .contains("--from " + start + ": the job has started before and has ");
        assertThat(steps())
                .hasSize(2 * DAYS)
                .doesNotHaveDuplicates()
                .contains(DAYS + 1L, 3L * DAYS)
                .doesNotContain((long) DAYS);
    }

    @Test
    @Order(3)
    void inspectShowsAKeptCheckpoint() throws Exception {
        Path checkpoint = newestCheckpoint();
        Path json = folder.resolve("keys.json");

        int rows = cellstream("inspect", "--savepoint", checkpoint.toString());
        int one =
                cellstream(
                        "inspect",
                        "--savepoint",
                        checkpoint.toString(),
                        "--key",
                        "AAL",
                        "--format",
                        "json",
                        "--out",
                        json.toString());

        assertThat(rows).isZero();
        assertThat(one).isZero();
        assertThat(out.toString())
                .startsWith("key,time,timeMillis,step,")
                .contains("\nAAL,2013-03-28T00:00:00Z,1364428800000,84,84,")
                .contains("savepoint ", "trainerOptimiserSteps ");
        assertThat(err.toString()).containsPattern("keys +1\n");
        assertThat(Files.readString(json))
                .startsWith("{\"job\": {")
                .contains("\"key\":\"AAL\",\"time\":\"2013-03-28T00:00:00Z\"", "\"h\":[")
                .endsWith("\n]}\n");
    }

    @Test
    @Order(4)
    void tellsWhatIsNoSavepointWithTheCodeOfWrongInput() throws Exception {
        assertThat(cellstream("inspect", "--savepoint", folder.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(
                        cellstream(
                                "run",
                                "--config",
                                config.toString(),
                                "--from",
                                folder.resolve("kafka").toString()))
                .isEqualTo(2);
        Path kept = Files.writeString(folder.resolve("kept.csv"), "kept");
        assertThat(
                        cellstream(
                                "inspect",
                                "--savepoint",
                                start.toString(),
                                "--key",
                                "no",
                                "--out",
                                kept.toString()))
                .isEqualTo(2);
        assertThat(kept).hasContent("kept");
        assertThat(cellstream("inspect", "--savepoint", start.toString(), "--uid-prefix", "shop-"))
                .isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .containsExactly(
                        "cellstream: there is no folder " + folder.resolve("none"),
                        "cellstream: %s is no savepoint or checkpoint: it holds no _metadata"
                                .formatted(folder.resolve("kafka")),
                        "cellstream: %s has no key \"no\"".formatted(start),
                        err.toString().lines().toList().get(3))
                .last()
                .asString()
                .contains("has no operator with uid shop-forecaster; it has ", "forecaster");
    }

    @Test
    @Order(5)
    void leavesNothingBehindWhereItWasInterrupted() throws Exception {
        Path interrupted = folder.resolve("interrupted");
        FutureTask<Integer> bootstrap =
                new FutureTask<>(
                        () ->
                                cellstream(
                                        "bootstrap",
                                        "--config",
                                        config.toString(),
                                        "--csv",
                                        csv().toString(),
                                        "--out",
                                        interrupted.toString()));
        FutureTask<Integer> inspect =
                new FutureTask<>(
                        () -> {
                            Thread.currentThread().interrupt();
                            return cellstream("inspect", "--savepoint", start.toString());
                        });

        Thread thread = new Thread(bootstrap, "bootstrap");
        thread.start();
        while (thread.isAlive() && !err.toString().contains("starting Flink")) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        thread.interrupt();
        new Thread(inspect, "inspect").start();

        assertThat(bootstrap.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(Main.INTERRUPTED);
        assertThat(inspect.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(Main.INTERRUPTED);
        assertThat(interrupted).doesNotExist();
        assertThat(folder.resolve("interrupted.part")).doesNotExist();
    }

    private static Path newestCheckpoint() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("checkpoints"))) {
            return files.filter(file -> file.endsWith("_metadata"))
                    .map(Path::getParent)
                    .max(
                            Comparator.comparingLong(
                                    p -> Long.parseLong(p.getFileName().toString().substring(4))))
                    .orElseThrow();
        }
    }

    private int cellstream(String... arguments) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    /** Runs the job until so many forecasts are committed, then interrupts it as Ctrl-C does. */
    private int runUntil(int forecasts, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("run", "--config", config.toString()));
        arguments.addAll(List.of(more));
        FutureTask<Integer> run =
                new FutureTask<>(() -> cellstream(arguments.toArray(String[]::new)));
        Thread thread = new Thread(run, "run");
        thread.start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (steps().size() < forecasts && System.nanoTime() < deadline && thread.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
        thread.interrupt();
        return run.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static Path csv() throws IOException {
        StringBuilder rows = new StringBuilder("Date,High,Low,Close,Volume,Name\n");
        for (int day = 1; day <= DAYS; day++) {
            rows.append(
                    "2013-01-%02d,%d,14,%d,8407500,AAL\n"
                            .formatted(day, 15 + day % 3, 15 + day % 2));
        }
        rows.append("2013-01-02,15,14,15,,AAL\n").append("2013-01-02,15,14,15,1,AAL\n");
        return Files.writeString(folder.resolve("january.csv"), rows);
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
