package org.cellstream.jobs.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.cellstream.event.Control;
import org.cellstream.event.Event;
import org.cellstream.event.Rejected;
import org.cellstream.event.WeightUpdate;
import org.cellstream.nn.Network;

/** The topics that a job reads, as streams. */
@Internal
public final class SourceTopics {

    private final StreamExecutionEnvironment env;
    private final KafkaSettings settings;

    public SourceTopics(StreamExecutionEnvironment env, KafkaSettings settings) {
        this.env = env;
        this.settings = settings;
    }

    /**
     * A topic of events. What is none goes to the side output that {@link #rejected} reads.
     *
     * @param role what the events are for, as {@code training}: part of uids and of the consumer
     *     group
     */
    public SingleOutputStreamOperator<Event<String>> events(
            String role, ExistingTopic topic, EventFormat format, WatermarkSettings watermarks) {
        Source<DecodedRecord, ?, ?> source =
                build(
                        source(role, topic.name(), new EventDeserializer(format))
                                .setStartingOffsets(settings.startFrom().offsets()));
        String name = role + "-source";
        int parallelism = Math.min(env.getParallelism(), topic.partitions());
        // A single partition cannot run ahead. One that has ended cannot be paused: the connector
        // would fail, so a bounded job holds what it is ahead instead.
        boolean aligned = topic.partitions() > 1 && !settings.bounded();
        return env.fromSource(
                        source, watermarks.strategy(role, aligned), name, DecodedRecord.type())
                .uid(name)
                .setParallelism(
                        parallelism) // a subtask without a partition would hold event time back
                .process(new SplitDecodedFunction())
                .returns(Event.type(Types.STRING))
                .name("split-" + role)
                .uid("split-" + role)
                .setParallelism(parallelism);
    }

    /** The records of a stream of {@link #events} that were none. */
    public static DataStream<Rejected> rejected(SingleOutputStreamOperator<Event<String>> events) {
        return events.getSideOutput(SplitDecodedFunction.rejected());
    }

    /**
     * Rejections of an operator, which knows partition and offset only, with the topic.
     *
     * @param role what its events are for
     * @param control topic of orders
     */
    public static DataStream<Rejected> named(
            DataStream<Rejected> rejected, String role, ExistingTopic topic, String control) {
        String name = "name-topic-" + role;
        return rejected.map(new NameTopicFunction(topic.name(), control))
                .returns(Rejected.type())
                .name(name)
                .uid(name);
    }

    /**
     * The orders of a topic; what is none goes to the side output that {@link #rejectedOrders}
     * reads. A job without a checkpoint reads it from where it reads the events.
     *
     * @param past what the topic held when the job was put together, which a job without a
     *     checkpoint does not obey again
     */
    public SingleOutputStreamOperator<Control<String>> control(
            String topic, Network network, PastOrders past) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        past.ends()
                .forEach((partition, end) -> ends.put(new TopicPartition(topic, partition), end));
        OffsetsInitializer start =
                settings.startFrom().equals(StartFrom.EARLIEST)
                        ? OffsetsInitializer.earliest()
                        : OffsetsInitializer.offsets(ends); // an order may be there by now
        Source<DecodedControl, ?, ?> source =
                build(
                        source("control", topic, new ControlDeserializer(network))
                                .setStartingOffsets(start));
        return env.fromSource(
                        source,
                        WatermarkStrategy.noWatermarks(),
                        "control-source",
                        DecodedControl.type())
                .uid("control-source")
                .setParallelism(1)
                .process(new SplitControlFunction(past.ends()))
                .returns(Control.type(Types.STRING))
                .name("split-control")
                .uid("split-control")
                .setParallelism(1);
    }

    /** The records of a stream of {@link #control} that were no orders. */
    public static DataStream<Rejected> rejectedOrders(
            SingleOutputStreamOperator<Control<String>> orders) {
        return orders.getSideOutput(SplitControlFunction.rejected());
    }

    /** Whole versions of the weights on a topic, from its start on. */
    public DataStream<WeightUpdate> weights(String topic, Network network) {
        Source<WeightSlice, ?, ?> source =
                build(
                        source("weights", topic, new WeightSliceDeserializer())
                                .setStartingOffsets(OffsetsInitializer.earliest()));
        return env.fromSource(
                        source,
                        WatermarkStrategy.noWatermarks(),
                        "weights-source",
                        WeightSlice.type())
                .uid("weights-source")
                .setParallelism(1)
                .process(new AssembleWeightsFunction(network))
                .returns(WeightUpdate.type())
                .name("assemble-weights")
                .uid("assemble-weights")
                .setParallelism(1);
    }

    private <T> KafkaSourceBuilder<T> source(
            String role, String topic, KafkaRecordDeserializationSchema<T> deserializer) {
        String group = settings.name() + "-" + role;
        return KafkaSource.<T>builder()
                .setProperties(
                        settings.properties(
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"))
                .setTopics(topic)
                .setGroupId(group)
                .setClientIdPrefix(group)
                .setDeserializer(deserializer);
    }

    private <T> Source<T, ?, ?> build(KafkaSourceBuilder<T> source) {
        return settings.bounded()
                ? new BoundedKafkaSource<>(source.setBounded(OffsetsInitializer.latest()).build())
                : source.build();
    }
}
