package org.cellstream.benchmarks.latency;

import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.cellstream.jobs.report.Report;

/**
 * How long forecasts took at one rate.
 *
 * @param cell as {@code operatorLoad50Training}
 * @param whole nanoseconds, of all of them
 * @param apart of those whose wait overlapped no checkpoint
 * @param pauses the longest silence during each checkpoint, in nanoseconds; empty where it is not
 *     known
 */
record Latencies(String cell, Histogram whole, Histogram apart, List<Double> pauses) {

    static final double NANOS_A_MILLI = 1e6;

    private static final double MEDIAN = 50;
    private static final double P99 = 99;
    private static final double P999 = 99.9;

    /** Milliseconds that the share of them that are apart from checkpoints stay below. */
    double apartP99Millis() {
        return millis(apart, P99);
    }

    /** Whether anything was measured apart from checkpoints. */
    boolean hasApart() {
        return apart.getTotalCount() > 0;
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getTotalCount() == 0
                ? Double.NaN
                : histogram.getValueAtPercentile(percentile) / NANOS_A_MILLI;
    }

    private static double most(Histogram histogram) {
        return millis(histogram, 100);
    }

    private double pauseMillis() {
        return pauses.stream().mapToDouble(p -> p).max().orElse(Double.NaN) / NANOS_A_MILLI;
    }

    void report(Report report) {
        put(report, cell + "Apart", apart);
        put(report, cell + "Whole", whole);
        report.put(cell + "Forecasts", whole.getTotalCount())
                .put(cell + "ForecastsApart", apart.getTotalCount());
        if (!pauses.isEmpty()) {
            report.put(cell + "CheckpointPauseMillisecondsMax", pauseMillis());
        }
    }

    private static void put(Report report, String name, Histogram histogram) {
        report.put(name + "P50Milliseconds", millis(histogram, MEDIAN))
                .put(name + "P99Milliseconds", millis(histogram, P99))
                .put(name + "P999Milliseconds", millis(histogram, P999))
                .put(name + "MaxMilliseconds", most(histogram));
    }

    static String header() {
        return String.format(
                Locale.ROOT,
                "%-28s %8s %8s %8s %8s   %8s %8s %8s %8s  %10s",
                "milliseconds",
                "apart 50",
                "99",
                "99.9",
                "max",
                "whole 50",
                "99",
                "99.9",
                "max",
                "checkpoint");
    }

    /** One line of the table. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%-28s %8.2f %8.2f %8.2f %8.2f   %8.2f %8.2f %8.2f %8.2f  %10.2f",
                cell,
                millis(apart, MEDIAN),
                millis(apart, P99),
                millis(apart, P999),
                most(apart),
                millis(whole, MEDIAN),
                millis(whole, P99),
                millis(whole, P999),
                most(whole),
                pauseMillis());
    }
}
