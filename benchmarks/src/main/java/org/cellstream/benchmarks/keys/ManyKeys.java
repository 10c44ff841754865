package org.cellstream.benchmarks.keys;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.cellstream.benchmarks.chaos.LocalCluster;
import org.cellstream.benchmarks.keys.RunningKeysJob.Checkpoint;
import org.cellstream.benchmarks.measure.Medians;
import org.cellstream.jobs.report.Report;
import org.jspecify.annotations.Nullable;

/**
 * Fills the state of many keys, makes a checkpoint, restores it, writes few keys between further
 * ones, and measures the throughput against a plain read and write for each event.
 */
final class ManyKeys {

    private static final double MIB = 1 << 20;
    private static final int PROCESS_MIB = 4096;
    private static final double MOST_UPLOADED = 0.05;
    private static final double LEAST_OF_PLAIN = 0.9;

    /**
     * Two jobs of two subtasks. On a busy machine ZooKeeper would take the JobManager for lost, and
     * a restart of the job would be measured.
     */
    private static final List<String> CLUSTER =
            List.of(
                    "--slots",
                    "4",
                    "--memory",
                    PROCESS_MIB + "m",
                    "--set",
                    "taskmanager.memory.managed.size=1g",
                    "--set",
                    "metrics.fetcher.update-interval=100",
                    "--set",
                    "high-availability.type=NONE",
                    "--set",
                    "heartbeat.timeout=120s",
                    "--set",
                    "web.refresh-interval=100");

    private final KeysSettings settings;
    private final Path home;
    private final PrintStream out;
    private final KeysReport report = new KeysReport();
    private final long begin = System.nanoTime();

    ManyKeys(KeysSettings settings, Path home, PrintStream out) {
        this.settings = settings;
        this.home = home;
        this.out = out;
    }

    /** Runs all on a cluster in a folder. */
    KeysReport run(Path folder) throws IOException {
        say("starting a cluster in " + folder);
        Report numbers = report.numbers();
        try (LocalCluster cluster = new LocalCluster(home, folder, 1, CLUSTER)) {
            numbers.put("keys", settings.keys()).put("loadAverageBefore", load());
            Checkpoint full = fill(cluster);
            RunningKeysJob restored = submit(cluster, "lstm", full.path(), settings.increments());
            increments(restored, full);
            throughput(cluster, restored, folder);
            report.atMost(
                    "processMiBMax",
                    TaskManagerMemory.peakMiB(folder),
                    "processMiBConfigured",
                    PROCESS_MIB);
        }
        numbers.put("loadAverageAfter", load()).put("wallSeconds", seconds());
        return report;
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private double seconds() {
        return (System.nanoTime() - begin) * 1e-9;
    }

    private void say(String what, Object... values) {
        out.printf(
                Locale.ROOT, "%6.1f s  %s%n", seconds(), String.format(Locale.ROOT, what, values));
    }

    private RunningKeysJob submit(
            LocalCluster cluster, String form, @Nullable String from, String events)
            throws IOException {
        return RunningKeysJob.submit(
                cluster,
                home,
                from,
                List.of(form, "" + settings.keys(), settings.residentMiB() + "m", events));
    }

    private Checkpoint fill(LocalCluster cluster) throws IOException {
        RunningKeysJob job = submit(cluster, "lstm", null, settings.fill());
        say("%d events of each of %,d keys", KeysSettings.EVENTS_OF_KEY, settings.keys());
        job.await(settings.fillEvents());
        double rate = job.ratePerSecond(settings.keys());
        Checkpoint full = job.checkpoint();
        say("%,.0f keys/s; a checkpoint of %.0f MiB", rate, full.uploadedBytes() / MIB);
        report.numbers().put("keysPerSecondFill", rate);
        report.equal("coldKeys", job.forecaster("coldKeys", "sum"), settings.keys());
        job.cancel();
        return full;
    }

    private void increments(RunningKeysJob job, Checkpoint full) throws IOException {
        say("restored; events of 1%% of the keys, then a checkpoint");
        List<Double> uploads = new ArrayList<>();
        for (int i = 1; i <= KeysSettings.INCREMENTS; i++) {
            job.await(i * settings.eventsPerIncrement());
            Checkpoint made = job.checkpoint();
            uploads.add(made.uploadedBytes() / MIB);
            say("uploaded %.1f MiB of %.0f", made.uploadedBytes() / MIB, made.allBytes() / MIB);
        }
        double all = full.uploadedBytes() / MIB;
        double median = Medians.of(uploads);
        report.numbers()
                .put("fullCheckpointMiB", all)
                .put("incrementalMiBMedian", median)
                .put("incrementalMiBMean", uploads.stream().mapToDouble(u -> u).average().orElse(0))
                .put("incrementalMiBMax", uploads.stream().mapToDouble(u -> u).max().orElse(0));
        report.atMost("ratioIncremental", median / all, "ratioIncrementalAllowed", MOST_UPLOADED);
    }

    private void throughput(LocalCluster cluster, RunningKeysJob restored, Path folder)
            throws IOException {
        RunningKeysJob plainJob = submit(cluster, "plain", null, settings.plainEvents());
        say("as many events, their keys read and written plainly");
        plainJob.await(settings.fillEvents());
        double fill = plainJob.ratePerSecond(settings.keys());
        say("%,.0f keys/s", fill);
        plainJob.checkpoint();
        say("read %.0f MiB of RocksDB's files", PageCache.read(folder.resolve("tmp")) / MIB);
        long before = KeysSettings.INCREMENTS * settings.eventsPerIncrement();
        Throughput ours = new Throughput(restored, before, settings.eventsPerRound());
        Throughput plain =
                new Throughput(plainJob, settings.fillEvents(), settings.eventsPerRound());
        List<Double> ratios = rounds(ours, plain);
        report.numbers()
                .put("eventsPerSecond", ours.median())
                .put("plainKeysPerSecondFill", fill)
                .put("plainEventsPerSecond", plain.median());
        double ratio = (double) plain.millis() / ours.millis();
        report.numbers()
                .put("ratioPlainReadAndWriteMin", Collections.min(ratios))
                .put("ratioPlainReadAndWriteMax", Collections.max(ratios));
        if (settings.quick()) {
            report.numbers().put("ratioPlainReadAndWrite", ratio);
        } else {
            report.atLeast(
                    "ratioPlainReadAndWrite",
                    ratio,
                    "ratioPlainReadAndWriteAllowed",
                    LEAST_OF_PLAIN);
        }
        report.equal("restoredForecasts", restored.forecaster("forecasts", "sum"), ours.results());
        report.equal("restoredColdKeys", restored.forecaster("coldKeys", "sum"), 0);
        report.atMost(
                "residentMiBMax",
                restored.forecaster("residentBytes", "max") / MIB,
                "residentMiBConfigured",
                (double) settings.residentMiB());
        plainJob.cancel();
        restored.cancel();
    }

    /** Both in turns, each first in every other round; rates to warm up with do not count. */
    private List<Double> rounds(Throughput ours, Throughput plain) throws IOException {
        List<Double> ratios = new ArrayList<>();
        for (int i = -settings.warmUpRounds(); i < settings.rounds(); i++) {
            if (i == 0) {
                ours.forgetRates();
                plain.forgetRates();
                ratios.clear();
            }
            double one = i % 2 == 0 ? ours.round() : Double.NaN;
            double other = plain.round();
            one = i % 2 == 0 ? one : ours.round();
            ratios.add(one / other);
            say("random keys: %,.0f events/s, plainly %,.0f: %.2f", one, other, one / other);
        }
        return ratios;
    }
}
