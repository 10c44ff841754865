package org.cellstream.jobs.replay;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.cellstream.config.Horizons;
import org.cellstream.event.Rejected.Cause;
import org.cellstream.jobs.kafka.ForecastReader;
import org.cellstream.jobs.kafka.Result;
import org.cellstream.jobs.report.Progress;
import org.cellstream.jobs.report.Report;
import org.cellstream.jobs.report.Score;
import org.jspecify.annotations.Nullable;

/** What the job made of the rows, read back from its topics. */
final class ReplayResults implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final ReplayTopics topics;
    private final long rows;
    private final ForecastReader reader;
    private final ForecastStore store;
    private final HorizonErrors horizons;
    private final Map<Cause, Long> rejected = new EnumMap<>(Cause.class);
    private long late;

    /** Whether the job writes no more. */
    @FunctionalInterface
    interface End {
        boolean isReached() throws IOException, InterruptedException;
    }

    /**
     * @param rows how many rows the job reads
     * @param file where forecasts are collected; replaced
     * @param horizons how far ahead the job forecasts
     */
    ReplayResults(
            String bootstrapServers, ReplayTopics topics, long rows, Path file, Horizons horizons)
            throws IOException {
        this.horizons = new HorizonErrors(horizons);
        this.topics = topics;
        this.rows = rows;
        store = new ForecastStore(file);
        reader = new ForecastReader(bootstrapServers, topics.written());
    }

    /** Reads from the topics' beginning until the job writes no more and all was read. */
    void read(End end, PrintWriter err) throws IOException, InterruptedException {
        try (Progress progress = new Progress("forecasting", rows, err)) {
            boolean ended = false;
            while (!ended || !reader.atEnd()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                ended = end.isReached();
                reader.read(POLL, this::take);
                progress.at(store.size() + late + allRejected());
            }
        }
    }

    private void take(Result result) throws IOException {
        if (result.topic().equals(topics.forecasts())) {
            store.add(result.json());
            horizons.add(result.json());
        } else if (result.topic().equals(topics.late())) {
            late++;
        } else {
            rejected.merge(
                    result.cause() == null ? Cause.MALFORMED : result.cause(), 1L, Long::sum);
        }
    }

    private long allRejected() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Counts and scores what was read.
     *
     * @param forecasts where all forecasts go, by key and step; null for nowhere
     */
    Report report(@Nullable Path forecasts) throws IOException {
        SortedForecasts sorted = store.sorted();
        String hash = write(sorted, forecasts);
        Score score = Score.of(sorted.keys(), sorted.distinctTimes());
        Report report =
                new RowCounts(rows, rejected, late)
                        .report(sorted.distinct(), sorted.duplicates())
                        .put("mae", score.mae())
                        .put("persistenceMae", score.persistenceMae())
                        .put("maeSkill", score.maeSkill())
                        .put("rmseSkill", score.rmseSkill());
        horizons.report(store, sorted, report);
        return report.put("firstWeightsNumber", store.firstWeightsNumber())
                .put("lastWeightsNumber", store.lastWeightsNumber())
                .put("forecastsSha256", hash);
    }

    private static String write(SortedForecasts sorted, @Nullable Path file) throws IOException {
        try (OutputStream out =
                file == null
                        ? OutputStream.nullOutputStream()
                        : new BufferedOutputStream(Files.newOutputStream(file))) {
            return sorted.write(out);
        }
    }

    @Override
    public void close() throws IOException {
        try (reader) {
            store.close();
        }
    }
}
