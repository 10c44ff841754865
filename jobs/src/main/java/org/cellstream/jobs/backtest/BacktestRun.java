package org.cellstream.jobs.backtest;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.config.ExpertsConfig;
import org.cellstream.event.Rejected.Cause;
import org.cellstream.jobs.config.JobConfig;
import org.cellstream.jobs.embedded.EmbeddedFlink;
import org.cellstream.jobs.embedded.Folders;
import org.cellstream.jobs.embedded.RunningJob;
import org.cellstream.jobs.replay.RowCounts;
import org.cellstream.jobs.replay.SortedForecasts;
import org.cellstream.jobs.replay.WrongInputException;
import org.cellstream.jobs.report.Progress;
import org.cellstream.jobs.report.ScoredTimes;
import org.jspecify.annotations.Nullable;

/** One pass over a file with one set of options. */
final class BacktestRun {

    private static final Duration TELL_EVERY = Duration.ofMillis(500);
    private static final long LOOK_MILLIS = 100;
    private static final double NANOS_PER_SECOND = 1e9;

    private final History history;
    private final JobConfig config;
    private final ExpertsConfig settings;
    private final List<Method> experts;
    private final PersistenceIntervals lastValue;
    private final PrintWriter err;

    /**
     * What of the history is read, scored and drawn.
     *
     * @param through events after this time are left out
     * @param scoredAfter events up to this time are not scored, nor those of the first tenth
     * @param plotKeys keys to be drawn; none for the best, the median and the worst
     * @param forecasts where all forecasts go, by key and step; null for nowhere
     */
    record Part(long through, long scoredAfter, List<String> plotKeys, @Nullable Path forecasts) {

        /** All of it; events up to {@code scoredAfter} are not scored. */
        static Part whole(long scoredAfter, List<String> plotKeys) {
            return new Part(Long.MAX_VALUE, scoredAfter, plotKeys, null);
        }

        /** Nothing after {@code through} is read. */
        static Part first(long through) {
            return new Part(through, Long.MIN_VALUE, List.of(), null);
        }
    }

    /** What the job's accumulators held at its end, and how long it took. */
    private record JobEnd(Map<String, Object> accumulators, double seconds) {}

    /**
     * @param options as the user gave them
     * @param err where it says how far it is
     */
    BacktestRun(History history, Configuration options, PrintWriter err) {
        this.history = history;
        this.err = err;
        config = BacktestOptions.complete(options, history.scan().spacing());
        settings = ExpertsConfig.from(config.options());
        experts = BacktestOptions.told(settings);
        lastValue = new PersistenceIntervals(settings.coverage());
    }

    /**
     * Runs to the end of the part.
     *
     * @throws InterruptedException if this thread is interrupted; everything is stopped then
     */
    BacktestResult run(Part part) throws Exception {
        Path temporary = Files.createTempDirectory("cellstream-backtest-");
        try {
            Path told = Files.createDirectories(temporary.resolve("told"));
            long begin = System.nanoTime();
            Map<String, Object> counts = runJob(part, told, temporary);
            double seconds = (System.nanoTime() - begin) / NANOS_PER_SECOND;
            try (ToldForecasts forecasts =
                    ToldForecasts.read(told, experts.size(), temporary.resolve("forecasts"))) {
                return result(part, forecasts, new JobEnd(counts, seconds));
            }
        } finally {
            Folders.delete(temporary);
        }
    }

    private Map<String, Object> runJob(Part part, Path told, Path temporary) throws Exception {
        EmbeddedFlink flink =
                new EmbeddedFlink(temporary.resolve("flink"), temporary.resolve("checkpoints"));
        flink.tellEvery(TELL_EVERY);
        StreamExecutionEnvironment env = flink.environment();
        FileRows rows =
                new FileRows(history.csv(), history.wide(), config.format(), part.through());
        new BacktestJob(config).define(env, rows, told);
        try (RunningJob job = RunningJob.start(env, "cellstream-backtest")) {
            await(job);
            return job.results();
        }
    }

    private void await(RunningJob job) throws IOException, InterruptedException {
        try (Progress progress = new Progress("forecasting", history.scan().rows(), err)) {
            long position = 0;
            while (!job.isDone()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                position = Math.max(position, soFar(job));
                progress.at(position);
            }
        }
    }

    /** How many forecasts there are by now; 0 of a job that has just ended. */
    private static long soFar(RunningJob job) throws InterruptedException {
        try {
            return count(job.accumulators(), WriteForecasts.COUNT);
        } catch (IOException ended) {
            return 0;
        }
    }

    private static long count(Map<String, Object> accumulators, String name) {
        return accumulators.get(name) instanceof Long count ? count : 0;
    }

    private RowCounts rows(Map<String, Object> accumulators) {
        Map<Cause, Long> rejected = new EnumMap<>(Cause.class);
        for (Cause cause : Cause.values()) {
            rejected.put(cause, count(accumulators, BacktestJob.REJECTED + cause));
        }
        return new RowCounts(
                history.scan().rows(), rejected, count(accumulators, BacktestJob.LATE));
    }

    private BacktestResult result(Part part, ToldForecasts told, JobEnd end) throws IOException {
        SortedForecasts sorted = told.store().sorted();
        long[] times = sorted.distinctTimes();
        if (times.length == 0) {
            throw new WrongInputException(
                    "no row of %s led to a forecast; all were rejected".formatted(history.csv()));
        }
        ScoredTimes scored = ScoredTimes.last90(times).notThrough(part.scoredAfter());
        Comparison comparison = compare(told, sorted, scored);
        List<Series> chosen = new ArrayList<>();
        for (String key : chosenKeys(part.plotKeys(), comparison.keys())) {
            int index = sorted.names().indexOf(key);
            if (index >= 0) { // a key may have had rejected rows only
                chosen.add(told.series(sorted, index, experts, lastValue));
            }
        }
        String hash = write(sorted, part.forecasts());
        return new BacktestResult(
                config.options().get(CellstreamOptions.SEED),
                comparison.methods(),
                comparison.scores(),
                comparison.keys(),
                new BacktestResult.Intervals(
                        comparison.interval(),
                        comparison.persistenceInterval(),
                        comparison.reliability()),
                comparison.course(),
                chosen,
                new BacktestResult.Facts(
                        rows(end.accumulators()),
                        sorted.distinct(),
                        sorted.duplicates(),
                        scored,
                        times[times.length - 1],
                        new BacktestResult.Weights(
                                told.store().firstWeightsNumber(),
                                told.store().lastWeightsNumber()),
                        hash,
                        end.seconds()));
    }

    private Comparison compare(ToldForecasts told, SortedForecasts sorted, ScoredTimes scored) {
        Comparison comparison =
                new Comparison(
                        BacktestOptions.compared(experts),
                        sorted.distinctTimes(),
                        new Comparison.Terms(scored, settings.season(), settings.coverage()));
        for (int key = 0; key < sorted.names().size(); key++) {
            comparison.add(told.series(sorted, key, experts, lastValue));
        }
        return comparison;
    }

    /** The keys that were asked for, or the best, the median and the worst by skill. */
    private static List<String> chosenKeys(List<String> wanted, List<KeyResult> keys) {
        if (!wanted.isEmpty()) {
            return wanted;
        }
        List<KeyResult> bySkill = BacktestTables.bySkill(keys);
        if (bySkill.isEmpty()) {
            return List.of();
        }
        return Stream.of(0, bySkill.size() / 2, bySkill.size() - 1)
                .distinct()
                .map(i -> bySkill.get(i).key())
                .toList();
    }

    private static String write(SortedForecasts sorted, @Nullable Path file) throws IOException {
        try (OutputStream out =
                file == null ? OutputStream.nullOutputStream() : Files.newOutputStream(file)) {
            return sorted.write(out);
        }
    }
}
