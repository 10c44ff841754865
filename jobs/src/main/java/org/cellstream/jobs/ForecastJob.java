package org.cellstream.jobs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.cellstream.ForecastStreams;
import org.cellstream.KeyedLstm;
import org.cellstream.RocksDbForMemories;
import org.cellstream.event.Control;
import org.cellstream.event.Event;
import org.cellstream.event.Rejected;
import org.cellstream.event.WeightUpdate;
import org.cellstream.jobs.config.ConfigFile;
import org.cellstream.jobs.config.JobConfig;
import org.cellstream.jobs.kafka.ControlTopic;
import org.cellstream.jobs.kafka.ExistingTopic;
import org.cellstream.jobs.kafka.PastOrders;
import org.cellstream.jobs.kafka.PublishedWeights;
import org.cellstream.jobs.kafka.SinkTopics;
import org.cellstream.jobs.kafka.SourceTopics;
import org.cellstream.jobs.kafka.Topics;
import org.cellstream.jobs.kafka.WeightsTopic;

/**
 * Forecasts the events of a topic, and learns from them or from those of another topic, while it
 * runs.
 */
@Internal
public final class ForecastJob {

    private final JobConfig config;
    private final SourceTopics sources;
    private final SinkTopics sinks;
    private final TopicsAtStart topics;
    private final KeyedLstm<String> lstm;
    private final DataStream<Rejected> rejectedOrders;

    private ForecastJob(
            StreamExecutionEnvironment env,
            JobConfig config,
            TopicsAtStart topics,
            PastOrders past,
            KeyedLstm<String> lstm) {
        this.config = config;
        this.topics = topics;
        sources = new SourceTopics(env, config.kafka());
        sinks = new SinkTopics(config.kafka());
        SingleOutputStreamOperator<Control<String>> orders =
                sources.control(config.topics().control(), lstm.network(), past);
        this.lstm = lstm.controlledBy(orders, past.timed());
        rejectedOrders = SourceTopics.rejectedOrders(orders);
    }

    /**
     * For {@code flink run}: {@code --config F}, the same file as for {@code cellstream run}.
     *
     * @throws IOException if there is no such file, or Kafka does not answer
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 2 || !arguments[0].equals("--config")) {
            throw new IllegalArgumentException(
                    "arguments are \"" + String.join(" ", arguments) + "\"; need --config FILE");
        }
        ConfigFile file = ConfigFile.read(Path.of(arguments[1]));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(file.flink());
        define(env, file.job());
        env.execute(file.job().kafka().name());
    }

    /**
     * Puts the job together. Looks its topics up in Kafka, makes those for orders, reports and
     * weights if they are not there, and reads the orders and the newest weights from them, unless
     * weights take effect by event time: such weights never travel through Kafka.
     *
     * @throws IOException if Kafka does not answer
     * @throws IllegalArgumentException if a topic is missing; the message lists all that are
     */
    public static void define(StreamExecutionEnvironment env, JobConfig config) throws IOException {
        KeyedLstm<String> lstm = KeyedLstm.of(Types.STRING, config.options());
        TopicsAtStart found;
        PastOrders past;
        try (Topics topics = Topics.connect(config.kafka().client())) {
            found = TopicsAtStart.find(config, topics);
            if (!config.timing().byEventTime()) {
                WeightsTopic.create(topics, config.topics().weights());
                lstm = startingFromPublished(lstm, config);
            }
            ControlTopic.create(topics, config.topics().control());
            topics.create(config.topics().reports(), 1, Map.of());
            past = ControlTopic.past(config.kafka(), config.topics().control(), lstm.network());
        }
        configure(env, config);
        new ForecastJob(env, config, found, past, lstm).define();
    }

    private static KeyedLstm<String> startingFromPublished(KeyedLstm<String> lstm, JobConfig config)
            throws IOException {
        PublishedWeights published =
                WeightsTopic.newest(
                        config.kafka().client(), config.topics().weights(), lstm.network());
        KeyedLstm<String> next = lstm.afterGeneration(published.highestGeneration());
        return published.newest().map(next::startingFrom).orElse(next);
    }

    private static void configure(StreamExecutionEnvironment env, JobConfig config) {
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(
                PipelineOptions.OBJECT_REUSE, true); // records are never written after emission
        env.configure(settings);
        RocksDbForMemories.configure(env);
        env.setParallelism(config.parallelism());
        env.setMaxParallelism(JobConfig.MAX_PARALLELISM);
        env.enableCheckpointing(config.checkpoints().interval().toMillis());
    }

    private void define() {
        SingleOutputStreamOperator<Event<String>> read =
                sources.events("events", topics.events(), config.format(), config.watermarks());
        DataStream<Rejected> rejected = SourceTopics.rejected(read).union(rejectedOrders);
        DataStream<Event<String>> events = SkipSteppedFunction.skip(read);
        ForecastStreams<String> streams;
        if (!config.learns()) {
            streams =
                    lstm.forecast(
                            events, sources.weights(config.topics().weights(), lstm.network()));
        } else if (config.timing().byEventTime()) {
            streams = lstm.forecastAndLearn(events);
        } else {
            SingleOutputStreamOperator<Event<String>> training =
                    sources.events(
                            "training", topics.training(), config.format(), config.watermarks());
            SingleOutputStreamOperator<WeightUpdate> learned = lstm.learn(training);
            streams = lstm.forecast(events, learned);
            sinks.weights(learned, config.topics().weights());
            if (!topics.training()
                    .equals(topics.events())) { // else the forecaster rejects the same
                rejected = rejected.union(rejectedOfTraining(training, learned));
            }
        }
        sinks.forecasts(streams.forecasts(), config.topics().forecasts());
        sinks.reports(streams.reports(), config.topics().reports());
        sinks.late(streams.late(), config.topics().late(), config.format());
        DataStream<Rejected> undecided = named(streams.rejected(), "events", topics.events());
        sinks.rejected(rejected.union(undecided), config.topics().rejected());
    }

    private DataStream<Rejected> rejectedOfTraining(
            SingleOutputStreamOperator<Event<String>> training,
            SingleOutputStreamOperator<WeightUpdate> learned) {
        return SourceTopics.rejected(training)
                .union(named(KeyedLstm.rejected(learned), "training", topics.training()));
    }

    private DataStream<Rejected> named(
            DataStream<Rejected> rejected, String role, ExistingTopic topic) {
        return SourceTopics.named(rejected, role, topic, config.topics().control());
    }
}
