package org.cellstream.benchmarks.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.cellstream.benchmarks.chaos.Mischief.Blow;
import org.cellstream.benchmarks.chaos.Mischief.Victim;
import org.cellstream.jobs.report.Report;

/**
 * Two runs of a job over the same events, one of them with processes killed under it, and what
 * their committed forecasts differ in.
 */
final class Chaos {

    /** Two work and one stands by. */
    private static final int TASK_MANAGERS = 3;

    /** Before the first blow and after the last one. */
    private static final double QUIET_SECONDS = 6;

    private final ChaosSettings settings;
    private final Path home;
    private final PrintStream out;
    private final EventStream events;
    private final long begin = System.nanoTime();

    /** What a run left. */
    private record Outcome(ForecastLog forecasts, Path savepoint, long refused) {}

    Chaos(ChaosSettings settings, Path home, PrintStream out) {
        this.settings = settings;
        this.home = home;
        this.out = out;
        events = new EventStream(settings.keys(), settings.seed());
    }

    /** Runs all in a folder; the numbers of both runs. */
    ChaosResult run(Path folder) throws IOException {
        say("starting a cluster in " + folder);
        try (LocalCluster cluster = new LocalCluster(home, folder, TASK_MANAGERS)) {
            TestJob.createEvents(cluster);
            Report report = new Report();
            TestJob job = TestJob.submit(cluster, "disturbed", options());
            job.awaitCheckpoint();
            say("the job runs, and is disturbed");
            long count;
            try (Assailant assailant = new Assailant(cluster)) {
                count = disturb(assailant, cluster);
                tell(assailant, report);
            }
            say("all events are sent");
            Outcome disturbed = outcome(cluster, job);
            long written = ForecastLog.written(cluster.kafka(), job.forecasts());
            say("now the same events, undisturbed");
            Outcome undisturbed =
                    outcome(cluster, TestJob.submit(cluster, "undisturbed", options()));
            report.put("writtenForecasts", written);
            boolean clean = compare(count, disturbed, undisturbed, report);
            report.put("wallSeconds", seconds());
            return new ChaosResult(report, clean);
        }
    }

    private double seconds() {
        return (System.nanoTime() - begin) * 1e-9;
    }

    private void say(String what) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", seconds(), what);
    }

    private List<String> options() {
        return settings.training()
                ? List.of(
                        "network: " + settings.network(),
                        "training.window: " + settings.window(),
                        "weights.timing: event-time",
                        "weights.epoch: " + (long) settings.window() * events.keys() + " ms")
                : List.of("network: " + settings.network(), "training.enabled: false");
    }

    private long disturb(Assailant assailant, LocalCluster cluster) throws IOException {
        double seconds = 2 * QUIET_SECONDS + settings.kills() * settings.secondsPerKill();
        long count = (long) (seconds * settings.eventsPerSecond());
        Mischief mischief =
                Mischief.draw(
                        settings.seed(), settings.kills(), QUIET_SECONDS, seconds - QUIET_SECONDS);
        int perSecond = settings.eventsPerSecond();
        try (Feed feed = new Feed(events, cluster.kafka(), TestJob.EVENTS, perSecond, count)) {
            for (Blow blow : mischief.blows()) {
                while (feed.seconds() < blow.seconds()) {
                    FlinkRest.pause();
                }
                assailant.strike(blow, feed.seconds());
                say(assailant.happened().get(assailant.happened().size() - 1));
            }
            return feed.await();
        }
    }

    private static void tell(Assailant assailant, Report report) {
        int taskManagers = assailant.hits(Victim.TASK_MANAGER);
        int jobManagers = assailant.hits(Victim.JOB_MANAGER);
        report.put("kills", taskManagers + jobManagers)
                .put("taskManagerKills", taskManagers)
                .put("jobManagerKills", jobManagers)
                .put("brokerRestarts", assailant.hits(Victim.BROKER))
                .put("happened", String.join(", ", assailant.happened()));
    }

    private Outcome outcome(LocalCluster cluster, TestJob job) throws IOException {
        Path savepoint = job.finish();
        return new Outcome(
                ForecastLog.read(cluster.kafka(), job.forecasts()), savepoint, job.refused());
    }

    private boolean compare(long count, Outcome disturbed, Outcome undisturbed, Report report)
            throws IOException {
        Comparison itself =
                Comparison.of(events, count, undisturbed.forecasts(), undisturbed.forecasts());
        Comparison found =
                Comparison.of(events, count, disturbed.forecasts(), undisturbed.forecasts());
        long refused = disturbed.refused() + undisturbed.refused();
        report.put("events", count)
                .put("forecasts", disturbed.forecasts().size())
                .put("lost", found.lost())
                .put("duplicates", found.duplicates())
                .put("different", found.different())
                .put("disordered", found.disordered())
                .put("refused", refused)
                .put("undisturbedForecasts", undisturbed.forecasts().size());
        boolean clean = found.isClean() && itself.isClean() && refused == 0;
        if (settings.training()) {
            byte[] one = TrainerBytes.read(disturbed.savepoint());
            byte[] other = TrainerBytes.read(undisturbed.savepoint());
            boolean equal = Arrays.equals(one, other);
            long weights = disturbed.forecasts().lastWeightsNumber();
            report.put("lastWeightsNumber", weights)
                    .put("trainerBytes", one.length)
                    .put("differentTrainers", equal ? 0 : 1);
            clean &= equal && weights > 0;
        }
        return clean;
    }
}
