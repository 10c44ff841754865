package org.cellstream.jobs;

import static org.apache.kafka.common.IsolationLevel.READ_UNCOMMITTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.cellstream.event.WeightUpdate;
import org.cellstream.jobs.config.JobConfig;
import org.cellstream.jobs.config.JobOptions;
import org.cellstream.jobs.kafka.Delivery;
import org.cellstream.jobs.kafka.LocalKafka;
import org.cellstream.jobs.kafka.WeightsTopic;
import org.cellstream.nn.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that goes back to an older savepoint, while the weights topic holds what came after it. */
class GenerationsITCase {

    private static final int KEYS = 4;
    private static final int TIMES = 60;

    /** One for each minibatch of four windows of four steps. */
    private static final int PUBLISHED_AT_FIRST = (TIMES - 1) / 4;

    private static final int PUBLISHED_IN_ALL = (2 * TIMES - 1) / 4;

    @TempDir Path folder;

    @Test
    void olderSavepointPublishesAndServesAboveWhatTheTopicHolds() throws Exception {
        try (LocalKafka kafka = LocalKafka.start(folder.resolve("kafka"))) {
            JobRun run = new JobRun(kafka, "older", folder.resolve("older"));
            run.options().set(JobOptions.DELIVERY, Delivery.AT_LEAST_ONCE);
            String savepoint = runPastASavepoint(run);
            WeightUpdate held = newest(run);

            goOnFrom(savepoint, run);

            WeightUpdate published = newest(run);
            assertThat(held.generation()).isEqualTo(1);
            assertThat(held.number()).isEqualTo(PUBLISHED_IN_ALL);
            assertThat(published.generation()).isEqualTo(2);
            assertThat(published.newerThan(held)).isTrue();
            assertThat(run.texts("forecasts-2"))
                    .hasSizeGreaterThanOrEqualTo(KEYS * (TIMES + 1))
                    .anyMatch(forecast -> forecast.contains("\"weightsGeneration\":2,"));
        }
    }

    private String runPastASavepoint(JobRun run) throws Exception {
        run.sendPrices(KEYS, 0, TIMES);
        try (CrashableJob job = CrashableJob.start(run.define())) {
            run.await("weights", PUBLISHED_AT_FIRST, READ_UNCOMMITTED);
            String savepoint = job.savepoint(folder.resolve("savepoints")).toUri().toString();
            run.sendPrices(KEYS, TIMES, TIMES);
            run.await("weights", PUBLISHED_IN_ALL, READ_UNCOMMITTED);
            return savepoint;
        }
    }

    private static void goOnFrom(String savepoint, JobRun run) throws Exception {
        run.options().set(JobOptions.TOPIC_FORECASTS, run.another("forecasts-2"));
        Configuration restore = new Configuration();
        restore.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        StreamExecutionEnvironment env = run.define();
        env.configure(restore);
        int again = PUBLISHED_IN_ALL - PUBLISHED_AT_FIRST;
        try (CrashableJob job = CrashableJob.start(env)) {
            run.await("weights", PUBLISHED_IN_ALL + again, READ_UNCOMMITTED);
            run.sendPrices(KEYS, 2 * TIMES, 1);
            run.await("forecasts-2", KEYS * (TIMES + 1), READ_UNCOMMITTED);
        }
    }

    private static WeightUpdate newest(JobRun run) throws Exception {
        JobConfig config = JobConfig.from(run.options());
        Network network = Network.of(2).lstm(4).dense(1);
        return WeightsTopic.newest(config.kafka().client(), config.topics().weights(), network)
                .newest()
                .orElseThrow();
    }
}
