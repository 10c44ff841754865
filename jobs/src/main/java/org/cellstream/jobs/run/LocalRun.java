package org.cellstream.jobs.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.cellstream.jobs.ForecastJob;
import org.cellstream.jobs.config.ConfigFile;
import org.cellstream.jobs.config.JobConfig;
import org.cellstream.jobs.config.JobOptions;
import org.cellstream.jobs.embedded.EmbeddedFlink;
import org.cellstream.jobs.embedded.Folders;
import org.cellstream.jobs.embedded.RunningJob;
import org.jspecify.annotations.Nullable;

/**
 * The job on the user's Kafka, on a Flink inside this process. It goes on from the newest
 * checkpoint in its folder. Stopping it leaves the last one there, so that the next run forecasts
 * every event that this one did not; what was in work since then is done again.
 */
@Internal
public final class LocalRun {

    private static final long LOOK_MILLIS = 200;

    private final ConfigFile file;
    private final @Nullable Path from;
    private final PrintWriter out;

    /**
     * @param from savepoint that a job without a checkpoint of its own starts from; null for none
     * @param out where it says what it does
     */
    public LocalRun(ConfigFile file, @Nullable Path from, PrintWriter out) {
        this.file = file;
        this.from = from;
        this.out = out;
    }

    /**
     * Runs until the job ends, which it does only if it is bounded.
     *
     * @throws org.cellstream.jobs.replay.WrongInputException if the savepoint is none, or the job
     *     has a checkpoint already
     * @throws IOException if Kafka does not answer, the job cannot go on from its checkpoint, or it
     *     fails
     * @throws IllegalArgumentException if a topic is missing
     * @throws InterruptedException if this thread is interrupted; the job is stopped then
     */
    public void run() throws Exception {
        JobConfig config = file.job();
        String name = config.kafka().name();
        Path temporary = Files.createTempDirectory("cellstream-run-");
        try (CheckpointFolder checkpoints =
                CheckpointFolder.open(
                        config.checkpoints().folder().resolve(name).toAbsolutePath())) {
            run(config, temporary, checkpoints);
        } finally {
            Folders.delete(temporary);
        }
    }

    private void run(JobConfig config, Path temporary, CheckpointFolder checkpoints)
            throws Exception {
        EmbeddedFlink flink = new EmbeddedFlink(temporary, checkpoints.path());
        Optional<Path> newest = checkpoints.newest();
        JobConfig started = config;
        if (from != null) {
            Start start = Start.from(from, newest);
            started = start.config(config);
            flink.startFrom(from);
            say(start.text());
        } else {
            newest.ifPresent(flink::resumeFrom);
            say(
                    newest.isPresent()
                            ? "going on from " + newest.get()
                            : "starting without a checkpoint");
        }
        String page = offerPage(flink, config.options().get(JobOptions.WEB_PORT));
        StreamExecutionEnvironment env = flink.environment();
        env.configure(live());
        env.configure(withoutFolder(file.flink()));
        ForecastJob.define(env, started);
        try (RunningJob job = RunningJob.start(env, config.kafka().name())) {
            say(
                    "topic %s -> topic %s; page %s; Ctrl-C stops"
                            .formatted(
                                    config.topics().events(), config.topics().forecasts(), page));
            await(job, page);
        } catch (IOException e) {
            if (from == null && newest.isEmpty()) {
                throw e;
            }
            throw from == null ? explained(newest.get(), e) : explainedStart(from, e);
        }
        say("done: all events that were there have their forecasts");
    }

    private void await(RunningJob job, String page) throws IOException, InterruptedException {
        boolean restarting = false;
        while (!job.isDone()) {
            boolean before = restarting;
            restarting = job.isRestarting();
            if (restarting && !before) {
                say(
                        "the job failed and is tried again; why is on its page, "
                                + page
                                + ", and in the log");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /** A job that runs for months outlives Kafka's maintenance: it is tried again without end. */
    private static Configuration live() {
        Configuration live = new Configuration();
        live.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        return live;
    }

    /**
     * A cluster's folder for checkpoints is left to clusters: here the next start would not look
     * into it.
     */
    private static Configuration withoutFolder(Configuration flink) {
        Configuration here = new Configuration(flink);
        here.removeConfig(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
        return here;
    }

    private String offerPage(EmbeddedFlink flink, int wanted) throws IOException {
        int port = flink.offerWebUi(wanted);
        if (wanted != 0 && port != wanted) {
            say("port " + wanted + " is in use; the job's page takes " + port);
        }
        return "http://127.0.0.1:" + port;
    }

    private static IOException explained(Path checkpoint, IOException e) {
        return new IOException(
                "%s; it went on from %s, which may be that of other options: without that folder the job starts afresh"
                        .formatted(e.getMessage(), checkpoint),
                e);
    }

    private static IOException explainedStart(Path savepoint, IOException e) {
        return new IOException(
                "%s; it started from %s, which may be that of other options"
                        .formatted(e.getMessage(), savepoint),
                e);
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
