package org.cellstream.benchmarks.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.cellstream.benchmarks.harness.Answer;
import org.cellstream.benchmarks.harness.ChildCluster;
import org.cellstream.benchmarks.harness.Commands;
import org.cellstream.benchmarks.harness.Form;
import org.cellstream.benchmarks.harness.JobSpec;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.jobs.ForecastJob;
import org.cellstream.jobs.config.JobConfig;
import org.cellstream.jobs.config.JobOptions;

/** Runs one job from Kafka to Kafka in a JVM of its own, and does with it what the parent says. */
public final class KafkaJobMain {

    private static final int PARALLELISM = 1;

    /** Must be shorter than a transaction may last. */
    private static final Duration SELDOM = Duration.ofMinutes(14);

    private static final int LOOKS_BETWEEN_CHECKS = 1000;

    private final ChildCluster cluster;

    private KafkaJobMain(ChildCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Starts the job.
     *
     * @param arguments a folder, then a {@link KafkaJobSpec}
     */
    public static void main(String[] arguments) {
        Commands.obey(() -> start(List.of(arguments))::obey);
    }

    private static KafkaJobMain start(List<String> words) throws Exception {
        KafkaJobSpec spec = KafkaJobSpec.parse(words.subList(1, words.size()));
        KafkaGate.watch(spec.events(), spec.forecasts());
        StreamExecutionEnvironment env = ChildCluster.environment(Path.of(words.get(0)));
        JobConfig config = JobConfig.from(options(spec));
        ForecastJob.define(env, config);
        StreamGraph graph = env.getStreamGraph();
        if (spec.form() == Form.NO_OP) {
            PassThroughOperator.replaceForecaster(graph);
        }
        return new KafkaJobMain(ChildCluster.start(env, graph, PARALLELISM));
    }

    private static Configuration options(KafkaJobSpec spec) {
        long interval = spec.checkpointMillis();
        Configuration options = new Configuration();
        options.set(JobOptions.BOOTSTRAP_SERVERS, spec.kafka());
        options.setString("kafka.interceptor.classes", KafkaGate.class.getName());
        options.set(JobOptions.NAME, spec.prefix() + "benchmark");
        options.set(JobOptions.KEY, "key");
        options.set(JobOptions.TIME, "time");
        options.set(JobOptions.DELIVERY, spec.delivery());
        options.set(
                JobOptions.CHECKPOINT_INTERVAL,
                interval == 0 ? SELDOM : Duration.ofMillis(interval));
        options.set(JobOptions.TOPIC_EVENTS, spec.events());
        options.set(JobOptions.TOPIC_FORECASTS, spec.forecasts());
        options.set(JobOptions.TOPIC_LATE, spec.prefix() + "late");
        options.set(JobOptions.TOPIC_REJECTED, spec.prefix() + "rejected");
        options.set(JobOptions.TOPIC_WEIGHTS, spec.prefix() + "weights");
        options.set(JobOptions.TOPIC_CONTROL, spec.prefix() + "control");
        options.set(JobOptions.TOPIC_REPORTS, spec.prefix() + "reports");
        options.set(
                CellstreamOptions.COLUMNS,
                IntStream.range(0, JobSpec.INPUTS)
                        .mapToObj(i -> "x" + i + " = x" + i)
                        .collect(Collectors.joining(", ")));
        options.set(CellstreamOptions.TARGET, "x0");
        options.set(CellstreamOptions.PARALLELISM, PARALLELISM);
        options.set(CellstreamOptions.NETWORK, "lstm(64) dense(1)");
        options.set(CellstreamOptions.EXPERTS, "none"); // what it is compared with has none
        options.set(CellstreamOptions.INTERVAL_COVERAGE, 0.0);
        options.set(CellstreamOptions.TRAINING_ENABLED, spec.training());
        return options;
    }

    private Answer obey(List<String> words) throws Exception {
        return switch (words.get(0)) {
            case "run" -> run(Long.parseLong(words.get(1)));
            case "open" -> open();
            case "checkpoints" -> checkpoints();
            default -> throw new IllegalArgumentException("there is no command " + words);
        };
    }

    /**
     * At least so many events with a checkpoint in their midst, timed until Kafka has the last
     * forecast.
     */
    private Answer run(long events) throws Exception {
        long before = KafkaGate.passed();
        long start = System.nanoTime();
        KafkaGate.allow(events);
        await(before + events / 2);
        CompletableFuture<Long> checkpoint = cluster.timedCheckpoint();
        await(before + events);
        await(KafkaGate.passed());
        long nanos = System.nanoTime() - start;
        return new Answer()
                .put("nanos", nanos)
                .put("events", KafkaGate.passed() - before)
                .put("checkpointNanos", checkpoint.get());
    }

    private static Answer open() {
        KafkaGate.allow(Long.MAX_VALUE);
        return new Answer();
    }

    private Answer checkpoints() throws Exception {
        List<ChildCluster.CheckpointTime> times = cluster.checkpoints();
        return new Answer()
                .put("begun", times.stream().map(t -> (double) t.begunMillis()).toList())
                .put("ended", times.stream().map(t -> (double) t.endedMillis()).toList());
    }

    private void await(long forecasts) throws Exception {
        int looks = 0;
        while (KafkaGate.forecasts() < forecasts) {
            TimeUnit.MILLISECONDS.sleep(1);
            if (++looks % LOOKS_BETWEEN_CHECKS == 0) {
                cluster.check();
            }
        }
    }
}
