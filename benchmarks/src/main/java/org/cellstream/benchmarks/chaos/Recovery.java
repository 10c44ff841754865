package org.cellstream.benchmarks.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.cellstream.jobs.report.Report;

/** How long a job is silent after one of its TaskManagers was killed. */
final class Recovery {

    private static final int TASK_MANAGERS = 3;
    private static final long LONGEST_MILLIS = 120_000;

    /** The JobManager's answers are as old as this at most, by its web.refresh-interval. */
    private static final int SETTLE_MILLIS = 4000;

    private final RecoverySettings settings;
    private final LocalCluster cluster;
    private final PrintStream out;
    private final FlinkRest flink;
    private final EventStream events;

    Recovery(RecoverySettings settings, LocalCluster cluster, PrintStream out) {
        this.settings = settings;
        this.cluster = cluster;
        this.out = out;
        flink = new FlinkRest(cluster.web());
        events = new EventStream(settings.keys(), settings.seed());
    }

    /** Starts a cluster in a folder, kills, and puts the numbers into a report. */
    static void run(
            RecoverySettings settings, Path home, Path folder, PrintStream out, Report report)
            throws IOException {
        out.println("starting a cluster in " + folder);
        try (LocalCluster cluster = new LocalCluster(home, folder, TASK_MANAGERS)) {
            report(new Recovery(settings, cluster, out).measure(), report);
        }
    }

    private List<RecoveryTimes> measure() throws IOException {
        TestJob.createEvents(cluster);
        TestJob job = TestJob.submit(cluster, "recovery", settings.options());
        job.awaitCheckpoint();
        List<RecoveryTimes> times = new ArrayList<>();
        try (CommitWatch watch = new CommitWatch(cluster.kafka(), job.forecasts());
                Feed feed =
                        new Feed(
                                events,
                                cluster.kafka(),
                                TestJob.EVENTS,
                                settings.eventsPerSecond(),
                                Long.MAX_VALUE)) {
            for (int i = 0; i < settings.kills(); i++) {
                pause(settings.standbySeconds() * 1000);
                times.add(kill(job, feed, watch));
                out.println(times.get(i));
                cluster.run("add-taskmanager");
            }
        }
        return times;
    }

    private RecoveryTimes kill(TestJob job, Feed feed, CommitWatch watch) throws IOException {
        List<String> busy = new ArrayList<>(flink.busyTaskManagers());
        Collections.sort(busy);
        if (busy.isEmpty() || flink.taskManagers() < TASK_MANAGERS) {
            throw new IOException("no TaskManager is working, or none stands by");
        }
        String number = busy.get(0).substring("taskmanager-".length());
        long kill = System.currentTimeMillis();
        watch.lookFor(feed.sent());
        cluster.run("kill-taskmanager", number);
        while (watch.fresh() == 0) {
            if (System.currentTimeMillis() > kill + LONGEST_MILLIS) {
                throw new IOException("no forecast within " + LONGEST_MILLIS / 1000 + " s");
            }
            FlinkRest.pause();
        }
        pause(SETTLE_MILLIS);
        return RecoveryTimes.ask(flink, job.id(), kill, watch);
    }

    private static void pause(int millis) throws IOException {
        long end = System.currentTimeMillis() + millis;
        while (System.currentTimeMillis() < end) {
            FlinkRest.pause();
        }
    }

    private static void report(List<RecoveryTimes> times, Report report) {
        report.put("recoveryKills", times.size());
        report.put("recoverySecondsMedian", median(times, RecoveryTimes::sum));
        report.put(
                "recoverySecondsMax",
                times.stream().mapToDouble(RecoveryTimes::sum).max().orElse(Double.NaN));
        report.put("detectionSecondsMedian", median(times, RecoveryTimes::detection));
        report.put("schedulingSecondsMedian", median(times, RecoveryTimes::scheduling));
        report.put("restoreSecondsMedian", median(times, RecoveryTimes::restore));
        report.put("firstCheckpointSecondsMedian", median(times, RecoveryTimes::firstCheckpoint));
        report.put("commitSecondsMedian", median(times, RecoveryTimes::commit));
        report.put("caughtUpSecondsMedian", median(times, RecoveryTimes::fresh));
        for (int i = 0; i < times.size(); i++) {
            report.put(String.format(Locale.ROOT, "recovery%02d", i + 1), times.get(i).toString());
        }
    }

    static double median(List<RecoveryTimes> times, ToDoubleFunction<RecoveryTimes> part) {
        double[] sorted = times.stream().mapToDouble(part).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
