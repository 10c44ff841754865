package org.cellstream.jobs.config;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions.OptionBuilder;
import org.cellstream.jobs.kafka.Delivery;
import org.cellstream.jobs.kafka.StartFrom;

/**
 * Options of the jobs, beside those of the operators. The README's table is made from {@link #all}.
 */
@Internal
public final class JobOptions {

    private static final String PREFIX = "cellstream.";

    public static final ConfigOption<String> NAME =
            option("name")
                    .stringType()
                    .defaultValue("cellstream")
                    .withDescription(
                            "Name of the job: folder of its checkpoints, prefix of its consumer"
                                    + " groups and transactions. Two jobs on one Kafka need two"
                                    + " names.");

    public static final ConfigOption<String> KEY =
            option("key")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Field of an event that holds its key. Without, there is one key,"
                                    + " all.");

    public static final ConfigOption<String> TIME =
            option("time")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Field of an event that holds its time: ISO 8601 or epoch milliseconds."
                                    + " Without, the time of the Kafka record.");

    public static final ConfigOption<String> BOUNDARY =
            option("boundary")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Field of an event that is start, end or both where a sequence starts or"
                                    + " ends with it, and empty elsewhere. For memory.mode=sequence.");

    public static final ConfigOption<String> LABEL =
            option("label")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Field of an event that holds what should be forecast at it, in the"
                                    + " target's unit after its transforms. For"
                                    + " training.labels=given.");

    public static final ConfigOption<String> WEIGHT =
            option("weight")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Field of an event that holds how much its label counts for learning, 1"
                                    + " if it is empty.");

    public static final ConfigOption<String> MASK =
            option("mask")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Field of an event that is 0 or false if it is to be passed over: its"
                                    + " key's state stays as it is, and there is no forecast.");

    public static final ConfigOption<String> BOOTSTRAP_SERVERS =
            option("kafka.bootstrap-servers")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Addresses of Kafka, as broker-1:9092,broker-2:9092.");

    public static final ConfigOption<Delivery> DELIVERY =
            option("delivery")
                    .enumType(Delivery.class)
                    .defaultValue(Delivery.EXACTLY_ONCE)
                    .withDescription(
                            "What the job promises of what it writes: exactly-once for those who"
                                    + " read committed records, a checkpoint later; or at-least-once,"
                                    + " at once.");

    public static final ConfigOption<Duration> TRANSACTION_TIMEOUT =
            option("transaction-timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(15))
                    .withDescription(
                            "Longest the job may be down before forecasts of its last checkpoint"
                                    + " are lost with exactly-once. Kafka's transaction.max.timeout.ms"
                                    + " bounds it.");

    public static final ConfigOption<String> START_FROM =
            option("start-from")
                    .stringType()
                    .defaultValue(StartFrom.EARLIEST.word())
                    .withDescription(
                            "Where a job without a checkpoint starts to read: earliest, latest, or"
                                    + " the time at which an event came to Kafka.");

    public static final ConfigOption<Boolean> BOUNDED =
            option("bounded")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether the job ends at the last event that was there when it"
                                    + " started.");

    public static final ConfigOption<Duration> OUT_OF_ORDERNESS =
            option("out-of-orderness")
                    .durationType()
                    .defaultValue(Duration.ZERO)
                    .withDescription(
                            "How far behind the latest event of a partition another one may come:"
                                    + " event time stays that far behind. For order=event-time and"
                                    + " weights by event-time.");

    public static final ConfigOption<Duration> IDLE_AFTER =
            option("idle-after")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "Silence after which a partition holds event time back no longer."
                                    + " Without, it does for ever, and two runs give the same"
                                    + " forecasts.");

    public static final ConfigOption<Duration> CHECKPOINT_INTERVAL =
            option("checkpoint.interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(5))
                    .withDescription("From one checkpoint to the next.");

    public static final ConfigOption<String> CHECKPOINT_FOLDER =
            option("checkpoint.folder")
                    .stringType()
                    .defaultValue("checkpoints")
                    .withDescription(
                            "Where run keeps checkpoints and finds the newest at its next start. On"
                                    + " a cluster execution.checkpointing.dir of Flink counts.");

    public static final ConfigOption<Integer> WEB_PORT =
            option("web.port")
                    .intType()
                    .defaultValue(8081)
                    .withDescription(
                            "Port of Flink's web page for run; if it is in use, another one is"
                                    + " taken and said.");

    public static final ConfigOption<String> TOPIC_EVENTS =
            topic("events", "Events, each a flat JSON object.");

    public static final ConfigOption<String> TOPIC_TRAINING =
            option("topics.training")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Events to learn from. Without, the job learns from the events"
                                    + " themselves.");

    public static final ConfigOption<String> TOPIC_FORECASTS =
            topic("forecasts", "One forecast per event.");

    public static final ConfigOption<String> TOPIC_WEIGHTS =
            topic(
                    "weights",
                    "Weights as they are learned; compacted, made by the job if it is not there.");

    public static final ConfigOption<String> TOPIC_LATE =
            topic("late", "Events older than the last one of their key.");

    public static final ConfigOption<String> TOPIC_REJECTED =
            topic(
                    "rejected",
                    "Records that are no events, and events that no column can take, with the"
                            + " reason.");

    public static final ConfigOption<String> TOPIC_CONTROL =
            topic(
                    "control",
                    "Orders about memories, as ./cellstream control writes them; made by the job if"
                            + " it is not there.");

    public static final ConfigOption<String> TOPIC_REPORTS =
            topic(
                    "reports",
                    "States of keys, as orders asked for them; made by the job if it is not"
                            + " there.");

    /**
     * Settings of every Kafka client, all keys that start with {@code kafka.}; not in {@link #all},
     * Kafka names them.
     */
    public static final ConfigOption<Map<String, String>> KAFKA =
            key("kafka")
                    .mapType()
                    .defaultValue(Map.of())
                    .withDescription("Settings of every Kafka client.");

    private JobOptions() {}

    /** Every option of ours, in the order of the README's table. */
    public static List<ConfigOption<?>> all() {
        return List.of(
                BOOTSTRAP_SERVERS,
                KEY,
                TIME,
                BOUNDARY,
                LABEL,
                WEIGHT,
                MASK,
                TOPIC_EVENTS,
                TOPIC_TRAINING,
                TOPIC_FORECASTS,
                TOPIC_WEIGHTS,
                TOPIC_LATE,
                TOPIC_REJECTED,
                TOPIC_CONTROL,
                TOPIC_REPORTS,
                NAME,
                DELIVERY,
                TRANSACTION_TIMEOUT,
                START_FROM,
                BOUNDED,
                OUT_OF_ORDERNESS,
                IDLE_AFTER,
                CHECKPOINT_INTERVAL,
                CHECKPOINT_FOLDER,
                WEB_PORT);
    }

    private static ConfigOption<String> topic(String name, String holds) {
        return option("topics." + name).stringType().defaultValue(name).withDescription(holds);
    }

    private static OptionBuilder option(String name) {
        return key(PREFIX + name);
    }
}
