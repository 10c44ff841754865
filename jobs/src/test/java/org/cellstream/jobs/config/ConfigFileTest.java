package org.cellstream.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cellstream.config.BatchConfig;
import org.cellstream.config.ExpertName;
import org.cellstream.config.ExpertsConfig;
import org.cellstream.config.GapConfig;
import org.cellstream.jobs.kafka.Delivery;
import org.cellstream.jobs.kafka.EventFormat;
import org.cellstream.jobs.kafka.MarkNames;
import org.cellstream.jobs.kafka.StartFrom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {

    private static final String LEAST =
            """
            cellstream:
              kafka.bootstrap-servers: localhost:9092
              columns: price
              target: price
            """;

    private static final String WRONG =
            """
            cellstream:
              columns: price|logg
              target: price
              netwrok: lstm(64) dense(1)
              batch:
                max-rows: 0
                max-delay: soon
              training:
                window: 0
                learning-rate: -1
                enabled: maybe
              delivery: twice
              parallelism: 1000
              checkpoint.interval: 20 min
              topics:
                events: my topic
                late: rejected
            parallelism: 2
            whatever: 1
            kafka:
              group.id: mine
            """;

    private static final String FOUND =
            """
            :
              line 2: cellstream.columns is price|logg; columns, character 1: "price|logg" has no "="; write name=price|logg
              line 4: cellstream.netwrok is no option; the nearest there is is cellstream.network
              line 6: cellstream.batch.max-rows is 0; need at least 1
              line 7: cellstream.batch.max-delay is soon; need a duration, as 500 ms, 20 s, 5 min or 20 d
              line 9: cellstream.training.window is 0; need at least 1
              line 10: cellstream.training.learning-rate is -1.0; need a finite number above 0
              line 11: cellstream.training.enabled is maybe; need true or false
              line 12: cellstream.delivery is twice; need exactly-once or at-least-once
              line 13: cellstream.parallelism is 1000; need 1 to 720
              line 14: cellstream.checkpoint.interval is 1200000 ms; need less than cellstream.transaction-timeout, which is 900000 ms
              line 16: cellstream.topics.events is my topic; need 1 to 249 of the characters a-z A-Z 0-9 . _ -
              line 17: cellstream.topics.late is rejected; need a topic of its own; cellstream.topics.rejected has this one
              line 18: parallelism is no option; the nearest there is is cellstream.parallelism
              line 19: whatever is no option; keys start with cellstream., kafka. or flink.
              line 21: kafka.group.id is set; need none: the job sets it, see cellstream.name
              cellstream.kafka.bootstrap-servers is missing; need the addresses of Kafka, as broker-1:9092,broker-2:9092\
            """;

    @TempDir Path folder;

    @Test
    void needsOnlyWhatHasNoDefault() throws Exception {
        JobConfig job = read(LEAST).job();

        assertThat(job.format()).isEqualTo(new EventFormat(null, null, List.of("price")));
        assertThat(job.topics())
                .isEqualTo(
                        new TopicNames(
                                "events",
                                null,
                                "forecasts",
                                "weights",
                                "late",
                                "rejected",
                                "control",
                                "reports"));
        assertThat(job.kafka().client()).containsOnlyKeys("bootstrap.servers");
        assertThat(job.kafka().delivery()).isEqualTo(Delivery.EXACTLY_ONCE);
        assertThat(job.learns()).isTrue();
        assertThat(job.watermarks().epoch()).isNull();
    }

    @Test
    void startsFromATime() throws Exception {
        ConfigFile file = read(LEAST + "cellstream.start-from: 2026-01-31\n");

        assertThat(file.job().kafka().startFrom()).isEqualTo(StartFrom.at(1_769_817_600_000L));
        assertThatThrownBy(() -> read(LEAST + "cellstream.start-from: soon\n"))
                .hasMessageContaining(
                        "cellstream.start-from: soon; need earliest, latest or a time, as"
                                + " 2026-01-31T12:00:00Z");
    }

    @Test
    void takesSectionsAndDotsAlike() throws Exception {
        ConfigFile file =
                read(
                        LEAST
                                + """
                                  batch: {max-rows: 7}
                                  topics:
                                    events: ticks
                                    weights: w
                                  delivery: at-least-once
                                  start-from: LATEST
                                cellstream.batch.max-delay: 9 ms
                                cellstream.topics.late: too-late
                                kafka:
                                  ssl:
                                    endpoint: {identification.algorithm: ""}
                                  max.poll.records: 10
                                kafka.security.protocol: SSL
                                flink:
                                  taskmanager: {numberOfTaskSlots: 3}
                                flink.rest.port: 9999
                                """);

        assertThat(BatchConfig.from(file.job().options()))
                .isEqualTo(new BatchConfig(7, Duration.ofMillis(9)));
        assertThat(file.job().topics().events()).isEqualTo("ticks");
        assertThat(file.job().topics().late()).isEqualTo("too-late");
        assertThat(file.job().kafka().startFrom()).isEqualTo(StartFrom.LATEST);
        assertThat(file.job().kafka().client())
                .containsEntry("ssl.endpoint.identification.algorithm", "")
                .containsEntry("max.poll.records", "10")
                .containsEntry("security.protocol", "SSL");
        assertThat(file.flink().toMap())
                .containsEntry("taskmanager.numberOfTaskSlots", "3")
                .containsEntry("rest.port", "9999");
    }

    @Test
    void takesKafkasOwnWordForItsAddresses() throws Exception {
        String text =
                LEAST.replaceAll(".*bootstrap.*\n", "") + "kafka: {bootstrap.servers: 'a:1,b:2'}";

        assertThat(read(text).job().kafka().client()).containsEntry("bootstrap.servers", "a:1,b:2");
    }

    @Test
    void letsArgumentsCountMoreThanTheFile() throws Exception {
        Path path = folder.resolve("job.yaml");
        Files.writeString(path, LEAST + "  delivery: at-least-once");

        JobConfig job = ConfigFile.read(path, Map.of("cellstream.delivery", "exactly-once")).job();

        assertThat(job.kafka().delivery()).isEqualTo(Delivery.EXACTLY_ONCE);
    }

    @Test
    void takesColumnsAsAList() throws Exception {
        String text = LEAST.replace("columns: price", "columns: [r = High/Low | log, price]");

        assertThat(read(text).job().format().numbers()).containsExactly("High", "Low", "price");
    }

    @Test
    void boundsTheDriftOfPartitionsWhereWeightsGoByEventTime() throws Exception {
        JobConfig job =
                read(LEAST + "  weights: {timing: event-time, epoch: 1 h}\n  idle-after: 1 min\n")
                        .job();

        assertThat(job.watermarks().epoch()).isEqualTo(Duration.ofHours(1));
        assertThat(job.watermarks().idleAfter()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void namesTheFieldsInWhichEventsSaySomethingAboutThemselves() throws Exception {
        String more =
                """
                  memory: {mode: sequence}
                  training: {labels: given}
                  boundary: part
                  label: truth
                  weight: w
                  mask: counts
                """;

        assertThat(read(LEAST + more).job().format().marks())
                .isEqualTo(new MarkNames("part", "truth", "w", "counts"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "memory: {mode: sequence}|cellstream.boundary is missing; need the field",
                "boundary: part|cellstream.boundary is part; need none where cellstream.memory.mode",
                "training: {labels: given}|cellstream.label is missing; need the field",
                "label: truth|cellstream.label is truth; need none where",
                "memory: {mode: sequence}/boundary: b/sequence: {output: end}|is next-event; need"
                        + " given",
                "network: bidirectional(lstm(2)) dense(1)|cellstream.memory.mode is stateful; need"
                        + " window or sequence",
                "memory: {mode: window}/weights: {on-change: rerun}|on-change is rerun; every window"
            })
    void saysWhatDoesNotGoTogetherWithAMode(String lines, String mistake) {
        String more = "  " + lines.replace("/", "\n  ") + "\n";

        assertThatThrownBy(() -> read(LEAST + more))
                .isInstanceOf(WrongConfigException.class)
                .hasMessageContaining(mistake);
    }

    @Test
    @SuppressWarnings("checkstyle:MethodLength") // a whole file and all that is said of it
    void listsEveryMistakeWithItsLine() {
        assertThatThrownBy(() -> read(WRONG))
                .isInstanceOf(WrongConfigException.class)
                .hasMessage("16 mistakes in " + folder.resolve("job.yaml") + FOUND);
    }

    @Test
    void tellsWhatDoesNotGoTogether() {
        assertThatThrownBy(
                        () ->
                                read(
                                        LEAST
                                                + """
                                                  weights.timing: event-time
                                                  training.enabled: false
                                                  topics.training: lessons
                                                  network: lstm(64)
                                                """))
                .isInstanceOf(WrongConfigException.class)
                .hasMessageContaining("cellstream.weights.epoch is missing")
                .hasMessageContaining("need arrival where cellstream.training.enabled is false")
                .hasMessageContaining("need arrival where cellstream.topics.training is set")
                .hasMessageContaining("cellstream.topics.training is lessons; need none where");
    }

    @Test
    void tellsWhatNetworkAndColumnsSayOfEachOtherBesideOtherMistakes() {
        String text =
                LEAST.replace("columns: price", "columns: 'price=Close|abs, id=key|category(500)'");

        assertThatThrownBy(
                        () ->
                                read(
                                        text
                                                + """
                                                  network: embedding(12, 4) lstm(8) dense(1)
                                                  missing-target: feedback
                                                  seed: none
                                                """))
                .isInstanceOf(WrongConfigException.class)
                .hasMessageContaining("cellstream.seed is none")
                .hasMessageContaining("embedding(12, 4) reads the column id of category(500)")
                .hasMessageContaining(
                        "forecasts of price cannot be fed back: it has the transform abs");
    }

    @Test
    void letsTheTargetsFieldBeEmptyWhereForecastsAreFedBack() throws Exception {
        JobConfig job = read(LEAST + "  missing-target: feedback\n").job();

        assertThat(job.format().mayBeEmpty()).containsExactly("price");
        assertThat(read(LEAST).job().format().mayBeEmpty()).isEmpty();
    }

    @Test
    void takesGapsTogether() throws Exception {
        JobConfig job =
                read(LEAST + "  gaps: {cadence: 1 min, missing: carry, reset-after: 3}\n").job();

        assertThat(GapConfig.from(job.options()).resetAfter()).isEqualTo(3);
        assertThatThrownBy(() -> read(LEAST + "  gaps: {reset-after: 3}\n"))
                .isInstanceOf(WrongConfigException.class)
                .hasMessageContaining(
                        "cellstream.gaps.cadence is missing; cellstream.gaps.reset-after needs it");
        assertThatThrownBy(() -> read(LEAST + "  gaps: {cadence: 1 s, missing: carry}\n"))
                .hasMessageContaining("cellstream.gaps.reset-after is missing");
    }

    @Test
    void takesExpertsTogetherWithTheirSeason() throws Exception {
        String seasonal = "  experts: last, seasonal\n  experts.tell: true\n";

        JobConfig job = read(LEAST + seasonal + "  season: 24\n").job();

        ExpertsConfig experts = ExpertsConfig.from(job.options());
        assertThat(experts.experts()).containsExactly(ExpertName.LAST, ExpertName.SEASONAL);
        assertThat(experts.tell()).isTrue();
        assertThatThrownBy(() -> read(LEAST + seasonal))
                .isInstanceOf(WrongConfigException.class)
                .hasMessageContaining("cellstream.experts has seasonal, which needs a season");
        assertThatThrownBy(() -> read(LEAST + "  experts: ar\n  training.loss: gaussian\n"))
                .hasMessageContaining(
                        "cellstream.experts is ar; need none where cellstream.training.loss is"
                                + " gaussian");
    }

    @Test
    void takesHowFarEventsMayBeOutOfOrder() throws Exception {
        JobConfig job = read(LEAST + "  out-of-orderness: 10 s\n").job();

        assertThat(job.watermarks().outOfOrderness()).isEqualTo(Duration.ofSeconds(10));
        assertThatThrownBy(() -> read(LEAST + "  out-of-orderness: -1 s\n"))
                .isInstanceOf(WrongConfigException.class)
                .hasMessageContaining("cellstream.out-of-orderness");
    }

    @Test
    void tellsWhereYamlIsBroken() {
        assertThatThrownBy(() -> read("cellstream:\n  key: a\n bad indent: [1\n"))
                .isInstanceOf(WrongConfigException.class)
                .hasMessageContaining("line 3: this is no YAML: ");
    }

    @Test
    void tellsWhereATabStandsAndThatItIsOne() {
        assertThatThrownBy(() -> read("cellstream:\n\tkey: a\n"))
                .isInstanceOf(WrongConfigException.class)
                .hasMessageContaining("line 2: this is no YAML: ")
                .hasMessageContaining("TAB");
    }

    @Test
    void tellsOfKeysThatAreThereTwiceOrEmptyOrNoValues() {
        assertThatThrownBy(
                        () ->
                                read(
                                        LEAST
                                                + """
                                                  key:
                                                  time: [{a: 1}]
                                                cellstream.target: price
                                                """))
                .isInstanceOf(WrongConfigException.class)
                .hasMessageContaining("line 5: cellstream.key has no value; need one")
                .hasMessageContaining("line 6: cellstream.time is a list of more than values")
                .hasMessageContaining(
                        "line 7: cellstream.target is there already, in line 4; need it once");
    }

    @Test
    void tellsOfFilesThatHoldNothingToRead() {
        assertThatThrownBy(() -> read("")).hasMessageContaining("cellstream.columns is missing");
        assertThatThrownBy(() -> read("just words"))
                .hasMessageContaining("line 1: there is no section here");
        assertThatThrownBy(() -> read(LEAST + "---\na: 1"))
                .hasMessageContaining("a second document starts here");
        assertThatThrownBy(() -> ConfigFile.read(folder.resolve("no.yaml")))
                .isInstanceOf(NoSuchFileException.class);
    }

    private ConfigFile read(String text) throws IOException {
        Path file = folder.resolve("job.yaml");
        Files.writeString(file, text);
        return ConfigFile.read(file);
    }
}
