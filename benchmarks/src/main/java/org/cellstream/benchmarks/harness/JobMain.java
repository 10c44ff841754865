package org.cellstream.benchmarks.harness;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs one job in a JVM of its own, and does with it what the parent says. */
public final class JobMain {

    private static final long BETWEEN_LOOKS_MICROS = 500;
    private static final int LOOKS_BETWEEN_CHECKS = 1000;

    private static final long SILENCE_MILLIS = 200;
    private static final long WITHOUT_END = Long.MAX_VALUE / 2;

    private final ChildCluster cluster;
    private final boolean training;

    private JobMain(ChildCluster cluster, boolean training) {
        this.cluster = cluster;
        this.training = training;
    }

    /**
     * Starts the job.
     *
     * @param arguments a folder, then a {@link JobSpec}
     */
    public static void main(String[] arguments) {
        Commands.obey(() -> start(List.of(arguments))::obey);
    }

    private static JobMain start(List<String> words) throws Exception {
        JobSpec spec = JobSpec.parse(words.subList(1, words.size()));
        StreamExecutionEnvironment env = ChildCluster.environment(Path.of(words.get(0)));
        JobDefinition.define(env, spec);
        ChildCluster cluster = ChildCluster.start(env, spec.parallelism());
        return new JobMain(cluster, spec.training());
    }

    private Answer obey(List<String> words) throws Exception {
        return switch (words.get(0)) {
            case "fill" -> fill(Long.parseLong(words.get(1)), Long.parseLong(words.get(2)));
            case "run" -> run(draw(words.get(1)), words.subList(2, words.size()));
            case "latency" -> latency(draw(words.get(1)), words.subList(2, words.size()));
            case "updates" -> updates(words.subList(1, words.size()));
            default -> throw new IllegalArgumentException("there is no command " + words);
        };
    }

    private static Draw draw(String word) {
        return Draw.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private Answer fill(long from, long to) throws Exception {
        long start = System.nanoTime();
        long target = MeasureFunction.forecasts() + to - from;
        Tap.named(JobDefinition.EVENTS).open(Draw.EACH, from, to - from, to - from, 0, start);
        await(target);
        cluster.checkpoint().get();
        return new Answer().put("nanos", System.nanoTime() - start);
    }

    /** So many events with a checkpoint in their midst, timed until the last event is through. */
    private Answer run(Draw draw, List<String> words) throws Exception {
        long keys = Long.parseLong(words.get(0));
        long events = Long.parseLong(words.get(1));
        long before = MeasureFunction.forecasts();
        long bytes = Allocations.of(MeasureFunction.threads());
        long start = System.nanoTime();
        Tap.named(JobDefinition.EVENTS).open(draw, 0, keys, events, 0, start);
        await(before + events / 2);
        CompletableFuture<Long> checkpoint = cluster.timedCheckpoint();
        await(before + events);
        long nanos = System.nanoTime() - start;
        return new Answer()
                .put("nanos", nanos)
                .put("bytes", Allocations.of(MeasureFunction.threads()) - bytes)
                .put("checkpointNanos", checkpoint.get());
    }

    /** Events at a steady rate, while the job learns as much as it can if it does. */
    private Answer latency(Draw draw, List<String> words) throws Exception {
        long keys = Long.parseLong(words.get(0));
        long events = Long.parseLong(words.get(1));
        double perSecond = Double.parseDouble(words.get(2));
        long target = MeasureFunction.forecasts() + events;
        LatencyRecorder recorder = new LatencyRecorder();
        long start = System.nanoTime();
        if (training) {
            Tap.named(JobDefinition.TRAINING).open(draw, 0, keys, WITHOUT_END, 0, start);
        }
        LatencyRecorder.activate(recorder);
        Tap.named(JobDefinition.EVENTS).open(draw, 0, keys, events, perSecond, start);
        await(target);
        LatencyRecorder.activate(null);
        Tap.named(JobDefinition.TRAINING).open(draw, 0, 1, 0, 0, start);
        return LatencyAnswer.of(recorder);
    }

    /** New weights, while events come as fast as they are taken. */
    private Answer updates(List<String> words) throws Exception {
        long keys = Long.parseLong(words.get(0));
        int updates = Integer.parseInt(words.get(1));
        long millis = Long.parseLong(words.get(2));
        LatencyRecorder recorder = new LatencyRecorder();
        long start = System.nanoTime();
        Tap events = Tap.named(JobDefinition.EVENTS);
        events.open(Draw.UNIFORM, 0, keys, WITHOUT_END, 0, start);
        LatencyRecorder.activate(recorder);
        for (int i = 0; i < updates; i++) {
            TimeUnit.MILLISECONDS.sleep(millis);
            PublishedWeights.publish();
        }
        TimeUnit.MILLISECONDS.sleep(millis);
        LatencyRecorder.activate(null);
        events.open(Draw.UNIFORM, 0, keys, 0, 0, start);
        awaitSilence();
        return LatencyAnswer.of(recorder);
    }

    private static void awaitSilence() throws InterruptedException {
        long before = -1;
        for (long now = MeasureFunction.forecasts(); now != before; ) {
            TimeUnit.MILLISECONDS.sleep(SILENCE_MILLIS);
            before = now;
            now = MeasureFunction.forecasts();
        }
    }

    private void await(long forecasts) throws Exception {
        int looks = 0;
        while (MeasureFunction.forecasts() < forecasts) {
            TimeUnit.MICROSECONDS.sleep(BETWEEN_LOOKS_MICROS);
            if (++looks % LOOKS_BETWEEN_CHECKS == 0) {
                cluster.check();
            }
        }
    }
}
