package org.cellstream.jobs;

import static org.apache.kafka.common.IsolationLevel.READ_COMMITTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.config.EventOrder;
import org.cellstream.event.WeightUpdate;
import org.cellstream.jobs.bootstrap.Bootstrap;
import org.cellstream.jobs.bootstrap.BootstrapSettings;
import org.cellstream.jobs.config.JobConfig;
import org.cellstream.jobs.config.JobOptions;
import org.cellstream.jobs.embedded.EmbeddedFlink;
import org.cellstream.jobs.inspect.SavedJob;
import org.cellstream.jobs.kafka.LocalKafka;
import org.cellstream.jobs.kafka.WeightsTopic;
import org.cellstream.jobs.replay.WrongInputException;
import org.cellstream.jobs.report.Report;
import org.cellstream.nn.Network;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BootstrapITCase {

    private static final int KEYS = 4;
    private static final int TIMES = 40;

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
    void goesOnAsIfTheFileHadComeFromKafka(EventOrder order) throws Exception {
        JobRun run = new JobRun(kafka, "same-" + order, folder.resolve("same-" + order));
        run.options().set(JobOptions.BOUNDED, true);
        run.options().set(CellstreamOptions.ORDER, order);
        run.options().set(CellstreamOptions.TRAINING_ENABLED, false);
        run.sendPrices(KEYS, 0, 2 * TIMES);
        run.define().execute();
        List<String> later =
                run.texts("forecasts").stream().filter(BootstrapITCase::isAfterTheFile).toList();
        Path savepoint = folder.resolve("start-" + order);

        Report report = bootstrap(run, null, savepoint);
        run.options().set(JobOptions.TOPIC_FORECASTS, run.another("forecasts-2"));
        define(run, savepoint).execute();

        assertThat(report.toText())
                .containsPattern("rows +160\n")
                .containsPattern("forecasts +160\n")
                .containsPattern("keys +4\n")
                .containsPattern("lastTime +1970-01-01T00:00:39Z\n")
                .containsPattern("weightsNumber +0\n");
        assertThat(later).hasSize(KEYS * TIMES);
        assertThat(run.texts("forecasts-2")).containsExactlyInAnyOrderElementsOf(later);
    }

    private static boolean isAfterTheFile(String forecast) {
        long step = Long.parseLong(JobRun.keyAndStep(forecast).replaceAll(".* ", ""));
        return step > TIMES;
    }

    @Test
    void learnsOnFromTheWeightsOfAnotherJob() throws Exception {
        JobRun learned = new JobRun(kafka, "learned", folder.resolve("learned"));
        learned.options().set(JobOptions.BOUNDED, false);
        learned.sendPrices(KEYS, 0, 2 * TIMES);
        Path weights;
        try (CrashableJob job = CrashableJob.start(learned.define())) {
            learned.await("forecasts", KEYS * 2 * TIMES, READ_COMMITTED);
            weights = job.savepoint(folder.resolve("learned-savepoint"));
        }
        JobRun run = new JobRun(kafka, "goes-on", folder.resolve("goes-on"));
        run.options().set(JobOptions.BOUNDED, true);
        run.sendPrices(KEYS, 0, 2 * TIMES);
        Path savepoint = folder.resolve("start-learned");

        Report report = bootstrap(run, weights, savepoint);
        define(run, savepoint).execute();

        WeightUpdate taken = SavedJob.open(savepoint, "").servedWeights().orElseThrow();
        assertThat(taken).isEqualTo(SavedJob.open(weights, "").servedWeights().orElseThrow());
        assertThat(taken.number()).isPositive();
        assertThat(report.toText()).containsPattern("weightsNumber +" + taken.number() + "\n");
        assertThat(run.texts("forecasts"))
                .hasSize(KEYS * TIMES)
                .noneMatch(json -> json.contains("\"weightsNumber\":0,"));
        assertThat(newestGeneration(run)).isGreaterThan(taken.generation());
    }

    private static long newestGeneration(JobRun run) throws Exception {
        JobConfig config = JobConfig.from(run.options());
        return WeightsTopic.newest(
                        config.kafka().client(),
                        config.topics().weights(),
                        Network.of(2).lstm(4).dense(1))
                .highestGeneration();
    }

    @Test
    void refusesWhatItCannotStartFrom() throws Exception {
        JobRun run = new JobRun(kafka, "refused", folder.resolve("refused"));
        Path full =
                Files.createDirectories(folder.resolve("full").resolve("something")).getParent();
        Path savepoint = folder.resolve("refused-savepoint");
        bootstrap(run, null, savepoint);
        run.options().set(CellstreamOptions.NETWORK, "lstm(5) dense(1)");

        assertThatThrownBy(() -> bootstrap(run, null, full))
                .isInstanceOf(WrongInputException.class)
                .hasMessage(
                        "--out %s holds something; need an empty folder, or none".formatted(full));
        assertThatThrownBy(() -> bootstrap(run, csv(), folder.resolve("a")))
                .isInstanceOf(WrongInputException.class)
                .hasMessageContaining("need a safetensors file");
        assertThatThrownBy(() -> bootstrap(run, savepoint, folder.resolve("b")))
                .isInstanceOf(WrongInputException.class)
                .hasMessageContaining(
                        "the weights 1.0 are those of lstm(4) dense(1) over 2 inputs; this job runs"
                                + " lstm(5) dense(1) over 2 inputs");
        assertThatThrownBy(() -> bootstrap(run, full, folder.resolve("c")))
                .isInstanceOf(WrongInputException.class)
                .hasMessageContaining("is no savepoint or checkpoint: it holds no _metadata");
    }

    /** The prices that {@link JobRun#sendPrices} sends first. */
    private static Path csv() throws IOException {
        StringBuilder rows = new StringBuilder("price,name,time\n");
        for (int time = 0; time < TIMES; time++) {
            for (int key = 0; key < KEYS; key++) {
                double price = 100 + 10 * Math.sin(time * 0.3 + key);
                rows.append("%s,k%d,%d\n".formatted(price, key, 1000L * time));
            }
        }
        return Files.writeString(folder.resolve("prices.csv"), rows);
    }

    private static Report bootstrap(JobRun run, @Nullable Path weights, Path out) throws Exception {
        JobConfig config = JobConfig.from(run.options());
        return new Bootstrap(
                        new BootstrapSettings(config, csv(), weights, out),
                        new PrintWriter(new StringWriter()))
                .run();
    }

    /** The job, starting from a savepoint as a cluster would start it. */
    private static StreamExecutionEnvironment define(JobRun run, Path savepoint) throws Exception {
        Path work = folder.resolve(savepoint.getFileName() + "-work");
        EmbeddedFlink flink = new EmbeddedFlink(work.resolve("flink"), work.resolve("checkpoints"));
        flink.startFrom(savepoint);
        StreamExecutionEnvironment env = flink.environment();
        ForecastJob.define(env, JobConfig.from(run.options()));
        return env;
    }
}
