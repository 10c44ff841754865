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
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.cellstream.jobs.ForecastJob;
import org.cellstream.jobs.config.ConfigFile;
import org.cellstream.jobs.embedded.EmbeddedFlink;
import org.cellstream.jobs.embedded.RunningJob;
import org.cellstream.jobs.kafka.EventWriter;
import org.cellstream.jobs.kafka.ForecastReader;
import org.cellstream.jobs.kafka.LocalKafka;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders from the command line to a running job, through Kafka. Each test has a key of its own. */
class ControlCommandITCase {

    private static final long PATIENCE_SECONDS = 60;
    private static final int STEPS = 4;
    private static final String ZEROS =
            "\"state\":{\"lstm\":[0.0,0.0,0.0,0.0],\"lstm_1\":[0.0,0.0]}";

    @TempDir static Path folder;
    private static LocalKafka kafka;
    private static Path config;
    private static RunningJob job;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() throws Exception {
        kafka = LocalKafka.start(folder.resolve("kafka"));
        config = config("live", "training.enabled: false");
        job = RunningJob.start(define("live"), "live");
    }

    @AfterAll
    static void stop() {
        job.close();
        kafka.close();
    }

    @Test
    void reportsWhatTheJobRemembersOfAKey() throws Exception {
        step("report", 0);

        String report = report("report");

        assertThat(report)
                .startsWith("{\"key\":\"report\",\"time\":4000,\"step\":4,\"stepsSinceReset\":4,")
                .contains("\"weightsGeneration\":1,\"weightsNumber\":0,\"orderPartition\":0,")
                .contains(",\"orderOffset\":" + offset() + ",\"state\":{\"lstm\":[")
                .doesNotContain(ZEROS);
        assertThat(err.toString())
                .contains(
                        "topic live-control, partition 0, offset ",
                        ": {\"control\":\"report\",\"key\":\"report\"}");
    }

    @Test
    void tellsOfAKeyThatWasNeverSeen() {
        assertThat(report("nobody"))
                .startsWith("{\"key\":\"nobody\",\"time\":null,\"step\":0,\"stepsSinceReset\":0,")
                .endsWith(ZEROS + "}");
    }

    @Test
    void resetsOneKeyAndNoOther() throws Exception {
        step("reset", 0);
        step("other", 0);
        String other = report("other");

        assertThat(control("reset", "--key", "reset")).isZero();

        assertThat(report("reset")).contains("\"step\":4,\"stepsSinceReset\":0,").contains(ZEROS);
        assertThat(state(report("other"))).isEqualTo(state(other));
        step("reset", STEPS);
        assertThat(report("reset")).contains("\"step\":8,\"stepsSinceReset\":4,");
    }

    @Test
    void resetsOneLayer() throws Exception {
        step("layer", 0);
        String before = report("layer");

        assertThat(control("resetLayer", "--key", "layer", "--layer", "lstm_1")).isZero();

        assertThat(report("layer"))
                .contains("\"lstm_1\":[0.0,0.0]")
                .contains(
                        before.substring(before.indexOf("{\"lstm\""), before.indexOf("\"lstm_1")));
    }

    @Test
    void seedsAKeyWithWhatWasReported() throws Exception {
        step("seed", 0);
        String report = report("seed");
        Path state = Files.writeString(folder.resolve("state.json"), report);
        assertThat(control("reset", "--key", "seed")).isZero();

        assertThat(control("seed", "--key", "seed", "--state", state.toString())).isZero();

        assertThat(state(report("seed"))).isEqualTo(state(report)).isNotEqualTo(ZEROS + "}");
    }

    @Test
    void forgetsAKey() throws Exception {
        step("forget", 0);

        assertThat(control("forget", "--key", "forget")).isZero();

        assertThat(report("forget")).contains("\"time\":null,\"step\":0,").contains(ZEROS);
    }

    @Test
    void holdsFromATimeOn() throws Exception {
        step("time", 0);

        assertThat(control("reset", "--key", "time", "--time", "6000")).isZero();

        assertThat(report("time")).contains("\"step\":4,\"stepsSinceReset\":4,");
        step("time", STEPS); // 5000 to 8000
        assertThat(report("time")).contains("\"step\":8,\"stepsSinceReset\":3,");
    }

    @Test
    void sendsWhatIsNoOrderToTheRejected() throws Exception {
        try (EventWriter writer = new EventWriter(kafka.bootstrapServers(), "live-control")) {
            writer.send("A", bytes("{\"control\":\"rset\",\"key\":\"A\"}"));
            writer.send("A", bytes("reset A"));
            writer.flush();
        }

        List<String> rejected = await("live-rejected", 2);

        assertThat(rejected)
                .allMatch(json -> json.contains("\"topic\":\"live-control\",\"partition\":0"))
                .anyMatch(
                        json ->
                                json.contains(
                                        "control is rset; need one of reset, resetLayer, seed,"
                                                + " report, forget, freeze, promote, rollback; the nearest is"
                                                + " reset"))
                .anyMatch(json -> json.contains("record is no JSON"));
    }

    @Test
    void saysThatNoReportCame() throws Exception {
        config("nobody", "training.enabled: false");
        kafka.createTopic("nobody-control", 1, Map.of());
        kafka.createTopic("nobody-reports", 1, Map.of());

        int code =
                cellstream(
                        "control",
                        "--config",
                        file("nobody"),
                        "report",
                        "--key",
                        "A",
                        "--wait",
                        "--timeout",
                        "1s");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "no report of A came to topic nobody-reports within 1 s; does job nobody run?");
    }

    @Test
    void saysThatTheTopicsAreNotThere() throws Exception {
        config("none", "training.enabled: false");

        int code = cellstream("control", "--config", file("none"), "reset", "--key", "A");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .contains("2 mistakes in the topics of Kafka at " + kafka.bootstrapServers())
                .contains("cellstream.topics.control is none-control; need a topic that is there");
    }

    @Test
    void obeysOldOrdersThatNameATimeAndNotTheOthers() throws Exception {
        config("again", "weights: {timing: event-time, epoch: 2 s}\n  bounded: true");
        kafka.createTopic("again-control", 2, Map.of());
        kafka.createTopic("again-reports", 1, Map.of());
        send("again", "A", 0);
        send("again", "A", STEPS);
        send("again", "B", 0);
        for (String order : List.of("reset --time 3000", "reset --key A --time 7000")) {
            assertThat(again(order)).isZero();
        }
        assertThat(again("reset --key A")).isZero();
        assertThat(again("forget --key B")).isZero();

        List<String> first = runAgain("first");
        List<String> second = runAgain("second");

        assertThat(first).filteredOn(f -> f.contains("\"key\":\"A\"")).hasSize(2 * STEPS);
        assertThat(first)
                .extracting(ControlCommandITCase::timeAndStepsSinceReset)
                .contains("A 2000 2", "A 3000 1", "A 6000 4", "A 7000 1", "B 3000 1", "B 4000 2");
        assertThat(second).containsExactlyInAnyOrderElementsOf(first);
    }

    private int again(String order) {
        return cellstream(("control --config " + file("again") + " " + order).split(" "));
    }

    private static List<String> runAgain(String forecasts) throws Exception {
        String topic = "again-" + forecasts;
        kafka.createTopic(topic, 1, Map.of());
        Path again = Path.of(file("again"));
        Files.writeString(
                again,
                Files.readString(again)
                        .replaceFirst("forecasts: again-\\w+", "forecasts: " + topic));
        define("again").execute();
        return await(topic, 3 * STEPS);
    }

    private static String timeAndStepsSinceReset(String forecast) {
        return forecast.replaceFirst(
                "\\{\"key\":\"(\\w+)\",\"time\":(\\d+).*\"stepsSinceReset\":(\\d+).*", "$1 $2 $3");
    }

    private static Path config(String name, String more) throws Exception {
        for (String topic : List.of("events", "forecasts", "late", "rejected")) {
            kafka.createTopic(name + "-" + topic, 1, Map.of());
        }
        String topics =
                "{events: %1$s-events, forecasts: %1$s-forecasts, weights: %1$s-weights, late: %1$s-late, rejected: %1$s-rejected, control: %1$s-control, reports: %1$s-reports}"
                        .formatted(name);
        return Files.writeString(
                Path.of(file(name)),
                """
                cellstream:
                  kafka.bootstrap-servers: %s
                  name: %s
                  key: k
                  time: t
                  columns: price=price|log
                  target: price
                  network: lstm(2) lstm(1) dense(1)
                  checkpoint.interval: 200 ms
                  topics: %s
                  %s
                """
                        .formatted(kafka.bootstrapServers(), name, topics, more));
    }

    private static String file(String name) {
        return folder.resolve(name + ".yaml").toString();
    }

    private static StreamExecutionEnvironment define(String name) throws Exception {
        Path own = Files.createTempDirectory(folder, name);
        EmbeddedFlink flink = new EmbeddedFlink(own.resolve("flink"), own.resolve("checkpoints"));
        StreamExecutionEnvironment env = flink.environment();
        ForecastJob.define(env, ConfigFile.read(Path.of(file(name))).job());
        return env;
    }

    /** Sends a key's next four events and waits until they were stepped. */
    private static void step(String key, int stepped) throws Exception {
        send("live", key, stepped);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        String last = "{\"key\":\"%s\",\"time\":%d,".formatted(key, 1000 * (stepped + STEPS));
        while (read("live-forecasts").stream().noneMatch(json -> json.startsWith(last))) {
            assertThat(System.nanoTime()).as("%s was not stepped", key).isLessThan(deadline);
        }
    }

    private static void send(String name, String key, int stepped) throws Exception {
        try (EventWriter writer = new EventWriter(kafka.bootstrapServers(), name + "-events")) {
            for (int i = stepped + 1; i <= stepped + STEPS; i++) {
                String json =
                        "{\"k\":\"%s\",\"t\":%d,\"price\":%d}".formatted(key, 1000 * i, 9 + i * i);
                writer.send(key, bytes(json));
            }
            writer.flush();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> await(String topic, int records) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        List<String> texts = read(topic);
        while (texts.size() < records && System.nanoTime() < deadline) {
            texts = read(topic);
        }
        assertThat(texts).hasSize(records);
        return texts;
    }

    private static List<String> read(String topic) throws Exception {
        List<String> texts = new ArrayList<>();
        try (ForecastReader reader = new ForecastReader(kafka.bootstrapServers(), List.of(topic))) {
            while (!reader.atEnd()) {
                reader.read(
                        Duration.ofMillis(100),
                        r -> texts.add(new String(r.json(), StandardCharsets.UTF_8)));
            }
        }
        return texts;
    }

    private int control(String... arguments) {
        List<String> all = new ArrayList<>(List.of("control", "--config", config.toString()));
        all.addAll(List.of(arguments));
        return cellstream(all.toArray(String[]::new));
    }

    /** What {@code report --wait} prints. */
    private String report(String key) {
        out.getBuffer().setLength(0);
        assertThat(control("report", "--key", key, "--wait")).as(err.toString()).isZero();
        return out.toString().strip();
    }

    /** Where the command says that it wrote its last order. */
    private String offset() {
        return err.toString().replaceAll("(?s).*, offset (\\d+): .*", "$1");
    }

    private static String state(String report) {
        return report.substring(report.indexOf("\"state\""));
    }

    private int cellstream(String... arguments) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }
}
