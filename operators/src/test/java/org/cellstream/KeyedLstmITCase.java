package org.cellstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.config.WeightTiming;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Forecasting and learning from one stream on a cluster, with weights by event time: the same bits
 * whatever happens.
 */
class KeyedLstmITCase {

    private static final int KEYS = 20;
    private static final int STEPS = 250;

    /** Slow enough that checkpoints complete while events come. */
    private static final double EVENTS_PER_SECOND = 4_000;

    private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(2)
                            .setNumberSlotsPerTaskManager(2)
                            .setConfiguration(REPORTER.addToConfiguration(smallBuffers()))
                            .build());

    /** A stream's own time step: one millisecond; an epoch is twenty of them. */
    private static final Duration EPOCH = Duration.ofMillis(20);

    @BeforeEach
    void forgetFailures() {
        FailOnceFunction.reset();
    }

    @Test
    void runsAtAnyParallelismGiveTheSameBits() throws Exception {
        List<Forecast<String>> alone = run(1, Disturbance.NONE);

        List<Forecast<String>> together = run(2, Disturbance.NONE);

        assertThat(alone).hasSize(KEYS * STEPS);
        assertThat(alone.get(alone.size() - 1).weightsNumber()).isGreaterThan(5);
        assertThat(together).isEqualTo(alone);
    }

    @Test
    void failureInsideAnEpochChangesNothing() throws Exception {
        List<Forecast<String>> undisturbed = run(2, Disturbance.NONE);

        List<Forecast<String>> recovered = run(2, Disturbance.FAILURE);

        assertThat(FailOnceFunction.hasFailed()).isTrue();
        assertThat(recovered).isEqualTo(undisturbed);
    }

    @Test
    void slowTrainerChangesNothingAndBoundsWhatIsHeld() throws Exception {
        List<Forecast<String>> undisturbed = run(2, Disturbance.NONE);
        HeldEvents held = new HeldEvents();

        List<Forecast<String>> slowed;
        held.start();
        try {
            slowed = run(2, Disturbance.SLOW_TRAINER);
        } finally {
            held.stop();
        }

        assertThat(slowed).isEqualTo(undisturbed);
        assertThat(held.most()).isPositive().isLessThan(KEYS * STEPS / 2);
    }

    @Test
    void readsAUsersOwnEvents() throws Exception {
        StreamExecutionEnvironment env = environment(1);
        KeyedLstm<String> lstm = KeyedLstm.of(Types.STRING, options());
        DataStream<Trade> trades =
                env.fromData(
                        new Trade("A", 1, 10.5), new Trade("A", 2, 11.5), new Trade("B", 2, 7));

        DataStream<Event<String>> events =
                lstm.events(trades, Trade::symbol, Trade::time, Map.of("value", Trade::price));

        assertThat(collect(events))
                .containsExactly(
                        Event.of("A", 1, 10.5), Event.of("A", 2, 11.5), Event.of("B", 2, 7.0));
        assertThatThrownBy(() -> lstm.events(trades, Trade::symbol, Trade::time, Map.of()))
                .hasMessageContaining("[value]");
    }

    @Test
    void forecastDoesNotWaitForEventsThatAreNotAtHand() throws Exception {
        Configuration plain = new Configuration();
        plain.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(plain).setParallelism(1);
        Configuration options = options();
        options.set(CellstreamOptions.WEIGHTS_TIMING, WeightTiming.ARRIVAL);
        options.set(CellstreamOptions.BATCH_MAX_DELAY, Duration.ofDays(1));
        KeyedLstm<String> lstm = KeyedLstm.of(Types.STRING, options);
        DataStream<Event<String>> oneEachSecond =
                env.fromSource(
                        new DataGeneratorSource<>(
                                KeyedLstmITCase::event,
                                Long.MAX_VALUE,
                                RateLimiterStrategy.perSecond(1),
                                Event.type(Types.STRING)),
                        WatermarkStrategy.noWatermarks(),
                        "events");

        List<Forecast<String>> forecasts =
                lstm.forecast(oneEachSecond, lstm.learn(oneEachSecond))
                        .forecasts()
                        .executeAndCollect(2);

        assertThat(forecasts).extracting(Forecast::key).containsExactly("key-0", "key-1");
    }

    /** A user's own event. */
    public record Trade(String symbol, long time, double price) {}

    private enum Disturbance {
        NONE,
        FAILURE,
        SLOW_TRAINER
    }

    private static List<Forecast<String>> run(int parallelism, Disturbance disturbance)
            throws Exception {
        StreamExecutionEnvironment env = environment(parallelism);
        KeyedLstm<String> lstm = KeyedLstm.of(Types.STRING, options());
        DataStream<Event<String>> events =
                source(
                        env,
                        disturbance == Disturbance.FAILURE
                                ? RateLimiterStrategy.perSecond(EVENTS_PER_SECOND)
                                : RateLimiterStrategy.noOp());
        if (disturbance == Disturbance.FAILURE) {
            events =
                    events.map(new FailOnceFunction(KEYS * STEPS / 2))
                            .returns(lstm.eventType())
                            .setParallelism(1);
        }
        DataStream<Event<String>> training = events;
        if (disturbance == Disturbance.SLOW_TRAINER) {
            training =
                    events.map(new SlowFunction<>(500))
                            .returns(lstm.eventType())
                            .setParallelism(1)
                            .disableChaining(); // or the source would be slow itself
        }
        List<Forecast<String>> forecasts =
                new ArrayList<>(collect(lstm.forecast(events, lstm.learn(training)).forecasts()));
        Comparator<Forecast<String>> byKey = Comparator.comparing(Forecast::key);
        forecasts.sort(byKey.thenComparing(Forecast::step));
        return forecasts;
    }

    private static DataStream<Event<String>> source(
            StreamExecutionEnvironment env, RateLimiterStrategy<?> rate) {
        DataGeneratorSource<Event<String>> source =
                new DataGeneratorSource<>(
                        KeyedLstmITCase::event, KEYS * STEPS, rate, Event.type(Types.STRING));
        return env.fromSource(
                        source,
                        WatermarkStrategy.<Event<String>>forMonotonousTimestamps()
                                .withTimestampAssigner((event, time) -> event.time()),
                        "events")
                .setParallelism(1);
    }

    private static Event<String> event(long index) {
        long key = index % KEYS;
        long step = index / KEYS;
        return Event.of(
                "key-" + key, step, Math.sin(0.3 * step + key) + 0.01 * ((index * 7919) % 13));
    }

    private static Configuration options() {
        Configuration options = new Configuration();
        options.set(CellstreamOptions.NETWORK, "lstm(6) dense(1)");
        options.set(CellstreamOptions.COLUMNS, "value");
        options.set(CellstreamOptions.TARGET, "value");
        options.set(CellstreamOptions.TRAINING_WINDOW, 10);
        options.set(CellstreamOptions.TRAINING_MINIBATCH, 16);
        options.set(CellstreamOptions.WEIGHTS_TIMING, WeightTiming.EVENT_TIME);
        options.set(CellstreamOptions.WEIGHTS_EPOCH, EPOCH);
        return options;
    }

    private static StreamExecutionEnvironment environment(int parallelism) {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(10));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        return env;
    }

    /** Buffers so small that back-pressure is felt within a test. */
    private static Configuration smallBuffers() {
        Configuration configuration = new Configuration();
        configuration.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, MemorySize.parse("4kb"));
        return configuration;
    }

    private static <T> List<T> collect(DataStream<T> stream) throws Exception {
        return stream.executeAndCollect(KEYS * STEPS + 1);
    }

    /** Watches how many events the forecasters hold. */
    private static final class HeldEvents {

        private final Thread watcher = new Thread(this::watch, "held-events");
        private volatile boolean stopped;
        private volatile long most;

        void start() {
            watcher.start();
        }

        private void watch() {
            while (!stopped) {
                most = Math.max(most, sum("heldEvents") - sum("releasedEvents"));
                Thread.onSpinWait();
            }
        }

        private static long sum(String counter) {
            return REPORTER.getMetricsByGroup().values().stream()
                    .filter(metrics -> metrics.containsKey(counter))
                    .mapToLong(metrics -> ((Counter) metrics.get(counter)).getCount())
                    .sum();
        }

        long most() {
            return most;
        }

        void stop() throws InterruptedException {
            stopped = true;
            watcher.join();
        }
    }
}
