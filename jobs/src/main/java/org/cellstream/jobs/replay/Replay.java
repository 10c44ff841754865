package org.cellstream.jobs.replay;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.cellstream.config.Horizons;
import org.cellstream.jobs.ForecastJob;
import org.cellstream.jobs.config.JobConfig;
import org.cellstream.jobs.embedded.EmbeddedFlink;
import org.cellstream.jobs.embedded.RunningJob;
import org.cellstream.jobs.kafka.EventWriter;
import org.cellstream.jobs.kafka.LocalKafka;
import org.cellstream.jobs.report.Progress;
import org.cellstream.jobs.report.Report;

/**
 * A file through Kafka and the job: its rows, in their order, become events of a topic; the job
 * reads them once, to the end; what it committed is read back, counted and scored. In a folder that
 * stays, a replay that was interrupted goes on where its newest checkpoint is, and one that had
 * ended tells its numbers again.
 */
@Internal
public final class Replay {

    private static final double NANOS_PER_SECOND = 1e9;

    private final ReplaySettings settings;
    private final ReplayOptions options;
    private final ReplayTopics topics;
    private final PrintWriter err;
    private final long begin = System.nanoTime();

    /**
     * @param err where it says how far it is
     */
    public Replay(ReplaySettings settings, PrintWriter err) {
        this.settings = settings;
        this.err = err;
        options = new ReplayOptions(settings.options());
        topics = ReplayTopics.of(settings.options());
    }

    /**
     * Checks the options of the job that a user gave.
     *
     * @throws IllegalArgumentException if something is wrong
     */
    public static void check(Configuration options) {
        ReplayOptions.check(options, "a replay");
    }

    /**
     * Runs to the end of the file.
     *
     * @return the numbers of the whole replay, what earlier attempts did of it included
     * @throws WrongInputException if the file, its columns or the work folder are not what they
     *     have to be
     * @throws InterruptedException if this thread is interrupted; everything is stopped then too
     */
    public Report run() throws Exception {
        CsvFile csv = CsvFile.open(settings.csv()).wide(settings.wide());
        int keyColumn = options.checkColumns(csv);
        say("reading " + settings.csv());
        CsvScan scan = options.scan(csv);
        Map<String, String> identity = options.identity(scan.sha256(), settings.version());
        if (!settings.wide().isEmpty()) {
            identity.put("wide", String.join(",", settings.wide()));
        }
        try (WorkFolder work = WorkFolder.open(settings.work(), identity)) {
            return run(csv, keyColumn, scan, work);
        }
    }

    private Report run(CsvFile csv, int keyColumn, CsvScan scan, WorkFolder work) throws Exception {
        say("starting a Kafka broker");
        try (LocalKafka kafka = LocalKafka.start(work.kafka())) {
            try {
                if (!work.isSent()) {
                    send(csv, keyColumn, scan.rows(), kafka);
                    work.markSent();
                }
                return runJob(kafka, scan, work);
            } finally {
                Thread.interrupted(); // or the broker would not be closed in peace
            }
        }
    }

    private void send(CsvFile csv, int keyColumn, long rows, LocalKafka kafka) throws IOException {
        topics.create(kafka);
        RowJson json = new RowJson(csv.header(), keyColumn);
        long[] sent = new long[1];
        try (EventWriter writer = new EventWriter(kafka.bootstrapServers(), topics.events());
                Progress progress = new Progress("sending", rows, err)) {
            csv.forEachRow(
                    cells -> {
                        boolean keyed = keyColumn >= 0 && keyColumn < cells.size();
                        writer.send(keyed ? cells.get(keyColumn) : null, json.encode(cells));
                        progress.at(++sent[0]);
                    });
            writer.flush();
        }
    }

    private Report runJob(LocalKafka kafka, CsvScan scan, WorkFolder work) throws Exception {
        Files.createDirectories(work.flink());
        long start = System.nanoTime();
        try (ReplayResults results =
                new ReplayResults(
                        kafka.bootstrapServers(),
                        topics,
                        scan.rows(),
                        work.forecasts(),
                        Horizons.from(given(kafka, scan)))) {
            if (work.isDone()) {
                results.read(() -> true, err);
            } else {
                try (RunningJob job = startJob(kafka, scan, work)) {
                    results.read(job::isDone, err);
                }
                work.markDone();
            }
            double seconds = secondsSince(start);
            return results.report(settings.forecasts())
                    .put("wallSeconds", secondsSince(begin))
                    .put("eventsPerSecond", scan.rows() / seconds);
        }
    }

    private RunningJob startJob(LocalKafka kafka, CsvScan scan, WorkFolder work) throws Exception {
        EmbeddedFlink flink = new EmbeddedFlink(work.flink(), work.checkpoints());
        Optional<Path> checkpoint = work.newestCheckpoint();
        checkpoint.ifPresent(flink::resumeFrom);
        say(
                checkpoint.isPresent()
                        ? "going on from " + checkpoint.get()
                        : "starting Flink and the job");
        StreamExecutionEnvironment environment = flink.environment();
        ForecastJob.define(environment, JobConfig.from(given(kafka, scan)));
        return RunningJob.start(environment, "cellstream-replay");
    }

    private Configuration given(LocalKafka kafka, CsvScan scan) {
        return options.complete(kafka.bootstrapServers(), scan.spacing());
    }

    private static double secondsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / NANOS_PER_SECOND;
    }

    private void say(String line) {
        err.println(line);
        err.flush();
    }
}
