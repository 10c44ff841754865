package org.cellstream.jobs.demo;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.cellstream.jobs.embedded.RunningJob;
import org.cellstream.jobs.kafka.ForecastReader;
import org.cellstream.jobs.report.LiveTable;
import org.cellstream.jobs.report.ProcessMemory;
import org.cellstream.jobs.report.Report;
import org.jspecify.annotations.Nullable;

/** Reads the demo's forecasts, shows them once a second, and knows when to stop. One thread. */
final class DemoWatch {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PATIENCE_SECONDS = 60;
    private static final double NANOS_PER_SECOND = 1e9;

    private final DemoTable table;
    private final LiveTable screen;
    private final MarketFeed feed;
    private final DemoNumbers numbers;
    private double firstForecastSeconds = Double.NaN;
    private long begin;
    private long end;
    private long shownAt;
    private long shownSecond;
    private long shownSent;
    private long shownForecasts;

    /**
     * @param feed started and stopped here
     */
    DemoWatch(DemoTable table, LiveTable screen, MarketFeed feed) {
        this.table = table;
        this.screen = screen;
        this.feed = feed;
        numbers = new DemoNumbers(feed.recent().keySet());
    }

    /**
     * Sends, reads and shows until the duration is over and every event has its forecast.
     *
     * @param duration how long trades are sent; null until this thread is interrupted
     */
    void watch(RunningJob job, ForecastReader reader, @Nullable Duration duration)
            throws IOException, InterruptedException {
        begin = System.nanoTime();
        shownAt = begin;
        feed.start();
        while (duration == null || System.nanoTime() - begin < duration.toNanos()) {
            turn(job, reader);
        }
        feed.stop();
        end = System.nanoTime();
        waitForTheRest(job, reader);
    }

    private void waitForTheRest(RunningJob job, ForecastReader reader)
            throws IOException, InterruptedException {
        long last = System.nanoTime();
        while (numbers.forecasts() < feed.sent()) {
            if (turn(job, reader) > 0) {
                last = System.nanoTime();
            } else if (System.nanoTime() - last > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new IOException(
                        "%d of %d events still have no forecast, and none came for %d seconds"
                                .formatted(
                                        feed.sent() - numbers.forecasts(),
                                        feed.sent(),
                                        PATIENCE_SECONDS));
            }
        }
    }

    private int turn(RunningJob job, ForecastReader reader)
            throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (job.isDone()) {
            throw new IOException("the job ended, though its topic of events has no end");
        }
        feed.check();
        long second = second();
        int read = reader.read(POLL, result -> numbers.add(result.json(), second));
        if (read > 0 && Double.isNaN(firstForecastSeconds)) {
            firstForecastSeconds = secondsOfProcess();
        }
        if (second > shownSecond) {
            show(second);
        }
        return read;
    }

    private void show(long second) {
        double passed = (System.nanoTime() - shownAt) / NANOS_PER_SECOND;
        long sent = feed.sent();
        DemoTable.Moment moment =
                new DemoTable.Moment(
                        Duration.ofSeconds(second),
                        sent,
                        (sent - shownSent) / passed,
                        (numbers.forecasts() - shownForecasts) / passed,
                        numbers,
                        second,
                        feed.recent());
        screen.show(table.lines(moment), table.line(moment));
        shownAt = System.nanoTime();
        shownSecond = second;
        shownSent = sent;
        shownForecasts = numbers.forecasts();
    }

    private long second() {
        return (long) ((System.nanoTime() - begin) / NANOS_PER_SECOND);
    }

    private static double secondsOfProcess() {
        return (System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime())
                / 1e3;
    }

    /** The numbers of the whole run so far. */
    Report report() {
        long until = end == 0 ? System.nanoTime() : end;
        return new Report()
                .put("sent", feed.sent())
                .put("forecasts", numbers.forecasts())
                .put("duplicates", numbers.duplicates())
                .put("weightsNumber", numbers.weightsNumber())
                .put("maeSkill", numbers.overallSkill())
                .put("firstForecastSeconds", firstForecastSeconds)
                .put("peakResidentMiB", ProcessMemory.peakResidentMiB())
                .put("eventsPerSecond", feed.sent() / ((until - begin) / NANOS_PER_SECOND));
    }

    /** The same in a sentence. */
    String summary() {
        return "%,d events sent, %,d forecasts, %d of them twice; weights %d; skill %s against the last price"
                .formatted(
                        feed.sent(),
                        numbers.forecasts(),
                        numbers.duplicates(),
                        numbers.weightsNumber(),
                        DemoTable.percent(numbers.overallSkill()));
    }
}
