package org.cellstream.jobs.bootstrap;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.cellstream.KeyedLstm;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.config.WeightTiming;
import org.cellstream.event.WeightUpdate;
import org.cellstream.jobs.config.JobConfig;
import org.cellstream.jobs.config.JobOptions;
import org.cellstream.jobs.embedded.EmbeddedFlink;
import org.cellstream.jobs.embedded.Folders;
import org.cellstream.jobs.embedded.RunningJob;
import org.cellstream.jobs.inspect.Inspection;
import org.cellstream.jobs.inspect.SavedJob;
import org.cellstream.jobs.kafka.EventTimes;
import org.cellstream.jobs.replay.CsvFile;
import org.cellstream.jobs.replay.CsvScan;
import org.cellstream.jobs.replay.WrongInputException;
import org.cellstream.jobs.report.Progress;
import org.cellstream.jobs.report.Report;

/**
 * The state that a job would have if it had read a file's rows from Kafka, with weights that stay
 * as they are, as a savepoint that the job can start from.
 */
@Internal
public final class Bootstrap {

    private static final Duration TELL_EVERY = Duration.ofMillis(500);
    private static final long LOOK_MILLIS = 100;

    private final BootstrapSettings settings;
    private final JobConfig config;
    private final PrintWriter err;

    /** So that nothing of the user's has the name of what becomes the savepoint. */
    private final String id = UUID.randomUUID().toString();

    /**
     * @param err where it says how far it is
     */
    public Bootstrap(BootstrapSettings settings, PrintWriter err) {
        this.settings = settings;
        this.err = err;
        config = forFile(settings.config());
    }

    /**
     * The job's options with those that concern live weights and waiting at their defaults: what a
     * key remembers depends on neither.
     */
    private static JobConfig forFile(JobConfig live) {
        Configuration options = Configuration.fromMap(live.options().toMap());
        options.set(CellstreamOptions.WEIGHTS_TIMING, WeightTiming.ARRIVAL);
        options.removeConfig(CellstreamOptions.WEIGHTS_EPOCH);
        options.removeConfig(CellstreamOptions.WEIGHTS_SERVE_AFTER);
        options.removeConfig(CellstreamOptions.BATCH_MAX_DELAY);
        return JobConfig.from(options);
    }

    /**
     * Runs to the end of the file and takes the savepoint.
     *
     * @return what there was
     * @throws WrongInputException if the file, its columns, the weights or the folder are not what
     *     they have to be
     * @throws InterruptedException if this thread is interrupted; everything is stopped then
     */
    public Report run() throws Exception {
        checkOut();
        KeyedLstm<String> lstm = StartingWeights.of(config.options(), settings.weights());
        CsvFile csv = CsvFile.open(settings.csv());
        CsvScan scan = scan(csv, lstm);
        Path temporary = Files.createTempDirectory("cellstream-bootstrap-");
        try {
            Map<String, Object> counts = runJob(lstm, scan, temporary);
            Report report = report(scan, counts);
            BootstrapFile.write(settings.out(), report);
            return report;
        } finally {
            Folders.delete(temporary);
        }
    }

    private void checkOut() throws IOException {
        Path out = settings.out();
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new WrongInputException("--out %s is a file; need a folder".formatted(out));
        }
        Path parent = out.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent) || !Files.isWritable(parent)) {
            throw new WrongInputException(
                    "--out %s cannot be made; need a folder that can be written around it"
                            .formatted(out));
        }
        if (Files.isDirectory(out)) {
            try (Stream<Path> files = Files.list(out)) {
                if (files.findAny().isPresent()) {
                    throw new WrongInputException(
                            "--out %s holds something; need an empty folder, or none"
                                    .formatted(out));
                }
            }
        }
        try {
            Files.createDirectories(part()); // permissions and names do not tell all
        } catch (IOException e) {
            throw new WrongInputException(
                    "--out %s cannot be made: %s".formatted(out, reason(e)), e);
        }
        Folders.delete(part());
    }

    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException f ? f.getReason() : null;
        return reason == null ? e.toString() : reason;
    }

    /** Where the savepoint is written: beside the folder that it becomes. */
    private Path part() {
        Path out = settings.out().toAbsolutePath();
        return out.resolveSibling("." + out.getFileName() + "." + id);
    }

    private CsvScan scan(CsvFile csv, KeyedLstm<String> lstm) throws IOException {
        String time = config.format().time();
        if (time == null) {
            throw new WrongInputException(
                    JobOptions.TIME.key() + " is missing; the rows of a file have no other time");
        }
        for (String field : lstm.columns().fields()) {
            csv.column(field);
        }
        if (config.format().key() != null) {
            csv.column(config.format().key());
        }
        say("reading " + settings.csv());
        CsvScan scan = CsvScan.of(csv, csv.column(time), EventTimes::parse);
        if (scan.lastTime().isEmpty()) {
            throw new WrongInputException(
                    "%s has no row whose %s is a time".formatted(settings.csv(), time));
        }
        return scan;
    }

    /** Runs the job over the file; the savepoint becomes the folder that was asked for. */
    private Map<String, Object> runJob(KeyedLstm<String> lstm, CsvScan scan, Path temporary)
            throws Exception {
        EmbeddedFlink flink =
                new EmbeddedFlink(temporary.resolve("flink"), temporary.resolve("checkpoints"));
        flink.tellEvery(TELL_EVERY);
        StreamExecutionEnvironment env = flink.environment();
        new BootstrapJob(config, lstm, scan.lastTime().orElseThrow()).define(env, settings.csv());
        Path out = settings.out().toAbsolutePath();
        Path part = part();
        say("starting Flink and the job");
        try (RunningJob job = RunningJob.start(env, "cellstream-bootstrap")) {
            await(job, scan.rows());
            say("writing the savepoint");
            Path savepoint = job.stopWithSavepoint(part);
            Files.deleteIfExists(out);
            Files.move(savepoint, out); // a savepoint may be moved as a whole
            return job.results();
        } finally {
            Folders.delete(part);
        }
    }

    private void await(RunningJob job, long rows) throws IOException, InterruptedException {
        try (Progress progress = new Progress("rows", rows, err)) {
            boolean done = false;
            while (!done) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                if (job.isDone()) {
                    throw new IOException("the job ended before it had read the file");
                }
                Map<String, Object> counts = job.accumulators();
                progress.at(counted(counts));
                done = OutcomeCount.read(counts, OutcomeCount.DONE) > 0;
            }
        }
    }

    private static long counted(Map<String, Object> counts) {
        return Stream.of(Outcome.values())
                .mapToLong(outcome -> OutcomeCount.read(counts, outcome.name()))
                .sum();
    }

    private Report report(CsvScan scan, Map<String, Object> counts) throws Exception {
        long lastTime = scan.lastTime().orElseThrow();
        WeightUpdate weights = SavedJob.open(settings.out(), "").servedWeights().orElseThrow();
        return new Report()
                .put("savepoint", settings.out().toString())
                .put("rows", scan.rows())
                .put("forecasts", OutcomeCount.read(counts, Outcome.FORECAST.name()))
                .put("rejected", OutcomeCount.read(counts, Outcome.REJECTED.name()))
                .put("late", OutcomeCount.read(counts, Outcome.LATE.name()))
                .put("keys", Inspection.keys(settings.out()))
                .put("lastTime", Instant.ofEpochMilli(lastTime).toString())
                .put(BootstrapFile.LAST_TIME, lastTime)
                .put("weightsGeneration", weights.generation())
                .put("weightsNumber", weights.number());
    }

    private void say(String line) {
        err.println(line);
        err.flush();
    }
}
