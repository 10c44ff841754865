package org.cellstream.jobs.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.config.WeightTiming;
import org.cellstream.jobs.ForecastJob;
import org.cellstream.jobs.config.JobConfig;
import org.cellstream.jobs.config.JobOptions;
import org.cellstream.jobs.embedded.EmbeddedFlink;
import org.cellstream.jobs.embedded.Folders;
import org.cellstream.jobs.embedded.RunningJob;
import org.cellstream.jobs.kafka.EventWriter;
import org.cellstream.jobs.kafka.ForecastReader;
import org.cellstream.jobs.kafka.LocalKafka;
import org.cellstream.jobs.market.Market;
import org.cellstream.jobs.report.LiveTable;
import org.cellstream.jobs.report.Report;
import org.cellstream.jobs.report.Terminal;

/**
 * A broker, a Flink with the job, and a market that trades into it, all in this process and in a
 * temporary folder that goes with them. The job reads the trades twice, with one source to forecast
 * from and another to learn from. Forecasts are read back from their topic, committed ones only.
 */
@Internal
public final class Demo {

    /** Takes the numbers of a run. */
    @FunctionalInterface
    public interface ReportTaker {
        void take(Report report) throws IOException;
    }

    static final String EVENTS = "events";
    static final String FORECASTS = "forecasts";

    private static final List<String> TOPICS = List.of(EVENTS, FORECASTS, "late", "rejected");
    private static final int PARTITIONS = 4;
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(1);
    private static final int WATCHED = 6;
    private static final int PLAIN_EVERY_SECONDS = 5;

    private final DemoSettings settings;
    private final PrintWriter out;
    private final Path temporary;

    /**
     * @param out where the table goes
     */
    public Demo(DemoSettings settings, PrintWriter out) {
        this(settings, out, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /**
     * @param temporary where the demo's own folder is made
     */
    Demo(DemoSettings settings, PrintWriter out, Path temporary) {
        this.settings = settings;
        this.out = out;
        this.temporary = temporary;
    }

    /**
     * Runs until the duration is over and every event sent has its forecast. Whatever ends it,
     * everything is stopped and deleted then.
     *
     * @param report takes the numbers, those of a run that was interrupted too
     * @throws InterruptedException if this thread is interrupted
     */
    public void run(ReportTaker report) throws Exception {
        Path folder = Files.createTempDirectory(temporary, "cellstream-demo-");
        try {
            say("starting a Kafka broker");
            try (LocalKafka kafka = LocalKafka.start(folder.resolve("kafka"))) {
                try {
                    run(kafka, folder, report);
                } finally {
                    Thread.interrupted(); // or the broker would not be closed in peace
                }
            }
        } finally {
            Folders.delete(folder);
        }
    }

    private void run(LocalKafka kafka, Path folder, ReportTaker report) throws Exception {
        for (String topic : TOPICS) {
            kafka.createTopic(topic, PARTITIONS, Map.of());
        }
        say("starting Flink and the job");
        EmbeddedFlink flink =
                new EmbeddedFlink(folder.resolve("flink"), folder.resolve("checkpoints"));
        String address = webAddress(flink);
        StreamExecutionEnvironment environment = flink.environment();
        ForecastJob.define(environment, JobConfig.from(options(kafka.bootstrapServers())));
        try (RunningJob job = RunningJob.start(environment, "cellstream-demo");
                ForecastReader reader =
                        new ForecastReader(kafka.bootstrapServers(), List.of(FORECASTS));
                EventWriter writer = new EventWriter(kafka.bootstrapServers(), EVENTS);
                MarketFeed feed = feed(writer)) {
            LiveTable screen = new LiveTable(out, Terminal.isOutput(), PLAIN_EVERY_SECONDS);
            watch(new DemoWatch(new DemoTable(address), screen, feed), job, reader, report);
        }
    }

    private void watch(DemoWatch watch, RunningJob job, ForecastReader reader, ReportTaker report)
            throws IOException, InterruptedException {
        try {
            watch.watch(job, reader, settings.duration());
        } finally {
            report.take(watch.report());
            out.println(watch.summary());
            out.flush();
        }
    }

    private String webAddress(EmbeddedFlink flink) throws IOException {
        int port = flink.offerWebUi();
        if (port != EmbeddedFlink.USUAL_WEB_PORT) {
            say(
                    "port "
                            + EmbeddedFlink.USUAL_WEB_PORT
                            + " is in use; the job's page takes "
                            + port);
        }
        String address = "http://127.0.0.1:" + port;
        say("the job's page is " + address);
        return address;
    }

    private MarketFeed feed(EventWriter writer) {
        List<String> watched =
                IntStream.range(0, Math.min(WATCHED, settings.symbols()))
                        .mapToObj(Market::name)
                        .toList();
        return new MarketFeed(
                new Market(settings.symbols(), settings.seed()), settings.rate(), watched, writer);
    }

    private Configuration options(String bootstrapServers) {
        Configuration options = new Configuration();
        options.set(JobOptions.BOOTSTRAP_SERVERS, bootstrapServers);
        options.set(JobOptions.NAME, "cellstream-demo");
        options.set(JobOptions.KEY, MarketFeed.SYMBOL);
        options.set(JobOptions.TIME, MarketFeed.TIME);
        options.set(JobOptions.CHECKPOINT_INTERVAL, CHECKPOINT_INTERVAL);
        options.set(
                CellstreamOptions.COLUMNS, "price=price|log, return=price|log|diff, size=size|log");
        options.set(CellstreamOptions.TARGET, "price");
        options.set(CellstreamOptions.SEED, settings.seed());
        options.set(CellstreamOptions.WEIGHTS_TIMING, WeightTiming.ARRIVAL);
        return options;
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
