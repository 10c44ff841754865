package org.cellstream.jobs.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.cellstream.KeyedLstm;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.jobs.config.JobConfig;
import org.cellstream.jobs.config.JobOptions;
import org.cellstream.jobs.embedded.EmbeddedFlink;

/** A file of prices, and the forecaster over it, stopped in the ways that there are. */
final class TestingHistory {

    static final int KEYS = 3;
    static final int TIMES = 30;
    static final long LAST_TIME = 1000L * (TIMES - 1);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Configuration options = new Configuration();

    TestingHistory(Path folder) {
        this.folder = folder;
        options.set(JobOptions.BOOTSTRAP_SERVERS, "127.0.0.1:9092");
        options.set(JobOptions.KEY, "name");
        options.set(JobOptions.TIME, "time");
        options.set(CellstreamOptions.COLUMNS, "price = price | log, return = price | log | diff");
        options.set(CellstreamOptions.TARGET, "price");
        options.set(CellstreamOptions.NETWORK, "lstm(4) lstm(3) dense(1)");
    }

    Configuration options() {
        return options;
    }

    JobConfig config() {
        return JobConfig.from(options);
    }

    /** Prices of all keys at all times. */
    Path csv() throws IOException {
        StringBuilder rows = new StringBuilder("name,time,price\n");
        for (int time = 0; time < TIMES; time++) {
            for (int key = 0; key < KEYS; key++) {
                double price = 100 + 10 * Math.sin(time * 0.3 + key);
                rows.append("k%d,%d,%s\n".formatted(key, 1000L * time, price));
            }
        }
        return Files.writeString(folder.resolve("history.csv"), rows);
    }

    /** A savepoint of the job that has read all rows. */
    Path savepoint(String backend, SavepointFormatType format) throws Exception {
        JobClient job = start(backend);
        String savepoint =
                job.stopWithSavepoint(
                                false, folder.resolve("savepoints").toUri().toString(), format)
                        .get();
        return Path.of(URI.create(savepoint));
    }

    /** A checkpoint of the job that has read all rows, kept when it was cancelled. */
    Path checkpoint(String backend) throws Exception {
        JobClient job = start(backend);
        Path checkpoints = folder.resolve("checkpoints").resolve(job.getJobID().toString());
        long before = newest(checkpoints);
        await(() -> newest(checkpoints) > before + 1);
        job.cancel().get();
        await(() -> job.getJobExecutionResult().isDone());
        return checkpoints.resolve("chk-" + newest(checkpoints));
    }

    private JobClient start(String backend) throws Exception {
        EmbeddedFlink flink =
                new EmbeddedFlink(folder.resolve("flink"), folder.resolve("checkpoints"));
        flink.tellEvery(Duration.ofMillis(100));
        StreamExecutionEnvironment env = flink.environment();
        Configuration settings = new Configuration();
        settings.set(StateBackendOptions.STATE_BACKEND, backend);
        env.configure(settings);
        env.enableCheckpointing(100);
        KeyedLstm<String> lstm = KeyedLstm.of(Types.STRING, options);
        new BootstrapJob(config(), lstm, LAST_TIME).define(env, csv());
        JobClient job = env.executeAsync("history");
        await(() -> OutcomeCount.read(job.getAccumulators().get(), OutcomeCount.DONE) > 0);
        return job;
    }

    private static long newest(Path checkpoints) throws IOException {
        try (Stream<Path> all = Files.list(checkpoints)) {
            return all.filter(path -> Files.exists(path.resolve("_metadata")))
                    .map(path -> path.getFileName().toString().replace("chk-", ""))
                    .mapToLong(Long::parseLong)
                    .max()
                    .orElse(0);
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
