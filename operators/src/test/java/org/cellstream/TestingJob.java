package org.cellstream;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.CommonTestUtils;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.config.WeightTiming;
import org.cellstream.event.Control;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.StateReport;
import org.cellstream.event.WeightUpdate;

/**
 * A forecasting job that a test can hold back, stop and restore: {@link #STEPS} events of each of
 * {@link #KEYS} keys, of which few are resident, then a report about each key.
 *
 * @param folder where checkpoints go
 * @param underPressure whether forecasts are taken so slowly that events wait between operators;
 *     checkpoints are unaligned then
 * @param bare whether the network speaks without experts and intervals
 */
record TestingJob(
        Learning learning,
        boolean rocksDb,
        boolean objectReuse,
        int parallelism,
        String folder,
        boolean underPressure,
        boolean bare) {

    static final int KEYS = 12;
    static final int STEPS = 60;
    static final int EVENTS = KEYS * STEPS;

    private static final long SLOW_MICROS = 5000;
    private static final long PATIENCE_SECONDS = 60;

    /** A stream's own time step is one millisecond. */
    private static final Duration EPOCH = Duration.ofMillis(10);

    /** Where the weights come from. */
    enum Learning {
        /** They stay what they were. */
        NONE,
        BY_EPOCH,
        AT_ARRIVAL
    }

    /**
     * What a job put out until its input ended.
     *
     * @param forecasts by key, then by step
     * @param published in the order of their versions
     * @param reports by key; none where the reports would not wait for the events they follow
     */
    record Output(
            List<Forecast<String>> forecasts,
            List<WeightUpdate> published,
            List<StateReport<String>> reports) {}

    /** Two subtasks whose records are taken as they are made. */
    static TestingJob of(Learning learning, boolean rocksDb, boolean objectReuse, Path folder) {
        String checkpoints = folder.toUri().toString();
        return new TestingJob(learning, rocksDb, objectReuse, 2, checkpoints, false, false);
    }

    TestingJob parallelism(int other) {
        return new TestingJob(learning, rocksDb, objectReuse, other, folder, underPressure, bare);
    }

    TestingJob underPressure(boolean pressed) {
        return new TestingJob(learning, rocksDb, objectReuse, parallelism, folder, pressed, bare);
    }

    /** The same with a network that speaks without experts and intervals. */
    TestingJob withoutExperts() {
        return new TestingJob(
                learning, rocksDb, objectReuse, parallelism, folder, underPressure, true);
    }

    /** Runs from where a savepoint or checkpoint left off, or from the start, to the end. */
    Output run(String... from) throws Exception {
        return end(start(Gate.after(Integer.MAX_VALUE), from));
    }

    /** Starts a job that lets about so many events pass, and waits until they have. */
    JobClient startUpTo(int events, MiniCluster cluster, String... from) throws Exception {
        JobClient job = start(Gate.after(events), from);
        CommonTestUtils.waitForAllTaskRunning(cluster, job.getJobID(), false);
        Gate.awaitReached();
        return job;
    }

    /** What a job has put out by its end. */
    static Output end(JobClient job) throws Exception {
        job.getJobExecutionResult().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        List<Forecast<String>> forecasts = new ArrayList<>(KeepAllOperator.shown("forecasts"));
        Comparator<Forecast<String>> byKey = Comparator.comparing(Forecast::key);
        forecasts.sort(byKey.thenComparing(Forecast::step));
        List<StateReport<String>> reports = new ArrayList<>(KeepAllOperator.shown("reports"));
        reports.sort(Comparator.comparing(StateReport::key));
        return new Output(forecasts, KeepAllOperator.shown("published"), reports);
    }

    private JobClient start(Gate gate, String... from) throws Exception {
        KeepAllOperator.forget();
        FailWhenToldFunction.reset();
        StreamExecutionEnvironment env = environment(from);
        KeyedLstm<String> lstm = KeyedLstm.of(Types.STRING, options());
        DataStream<Event<String>> events = events(env, gate, lstm);
        ForecastStreams<String> streams =
                learning == Learning.NONE
                        ? lstm.forecast(events, lstm.learn(events).filter(update -> false))
                        : lstm.forecastAndLearn(events);
        KeepAllOperator.keep(taken(streams.forecasts()), "forecasts");
        KeepAllOperator.keep(streams.weights(), "published");
        KeepAllOperator.keep(streams.reports(), "reports");
        return env.executeAsync();
    }

    private DataStream<Forecast<String>> taken(DataStream<Forecast<String>> forecasts) {
        return forecasts
                .rebalance() // an edge that holds back what is not taken
                .map(new SlowFunction<>(underPressure ? SLOW_MICROS : 0))
                .returns(forecasts.getType())
                .name("take")
                .uid("take")
                .setParallelism(1);
    }

    private DataStream<Event<String>> events(
            StreamExecutionEnvironment env, Gate gate, KeyedLstm<String> lstm) {
        int reports = learning == Learning.NONE ? KEYS : 0;
        DataGeneratorSource<Event<String>> source =
                new DataGeneratorSource<>(
                        TestingJob::event, EVENTS + reports, gate, lstm.eventType());
        return env.fromSource(
                        source,
                        WatermarkStrategy.<Event<String>>forMonotonousTimestamps()
                                .withTimestampAssigner((event, time) -> event.time()),
                        "events")
                .uid("events")
                .setParallelism(1)
                .map(new FailWhenToldFunction())
                .returns(lstm.eventType())
                .uid("fail-when-told")
                .setParallelism(1);
    }

    /** The event of an index; those past the last are orders to report. */
    static Event<String> event(long index) {
        String key = "key-" + index % KEYS;
        if (index >= EVENTS) {
            return Event.of(Control.report(key));
        }
        long step = index / KEYS;
        return Event.of(
                key, step, Math.sin(0.3 * step + index % KEYS) + 0.01 * ((index * 7919) % 13));
    }

    /** The event that a forecast was made at. */
    static Event<String> event(Forecast<String> forecast) {
        return event(index(forecast));
    }

    /** The index of the event that a forecast was made at. */
    static long index(Forecast<String> forecast) {
        int key = Integer.parseInt(forecast.key().substring("key-".length()));
        return (forecast.step() - 1) * KEYS + key;
    }

    /** The options of {@link KeyedLstm}. */
    Configuration options() {
        Configuration options = new Configuration();
        options.set(CellstreamOptions.NETWORK, "lstm(5) dense(1)");
        options.set(CellstreamOptions.COLUMNS, "value, change=value|diff");
        options.set(CellstreamOptions.TARGET, "value");
        options.set(CellstreamOptions.BATCH_MAX_ROWS, 5);
        options.set(CellstreamOptions.MEMORY_RESIDENT_KEYS, 2);
        options.set(CellstreamOptions.TRAINING_WINDOW, 6);
        options.set(CellstreamOptions.TRAINING_MINIBATCH, 8);
        if (bare) {
            options.set(CellstreamOptions.EXPERTS, "none");
            options.set(CellstreamOptions.INTERVAL_COVERAGE, 0.0);
        }
        if (learning == Learning.BY_EPOCH) {
            options.set(CellstreamOptions.WEIGHTS_TIMING, WeightTiming.EVENT_TIME);
            options.set(CellstreamOptions.WEIGHTS_EPOCH, EPOCH);
        }
        return options;
    }

    private StreamExecutionEnvironment environment(String... from) {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, rocksDb ? "rocksdb" : "hashmap");
        configuration.set(PipelineOptions.OBJECT_REUSE, objectReuse);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.MAX_PARALLELISM, 16);
        configuration.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(5));
        configuration.set(
                CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofHours(1)); // tests ask
        configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder);
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, underPressure);
        if (from.length > 0) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, from[0]);
        }
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        return env;
    }
}
