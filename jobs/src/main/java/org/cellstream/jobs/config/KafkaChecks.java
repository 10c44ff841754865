package org.cellstream.jobs.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

/** Finds what is wrong with the options about Kafka. */
final class KafkaChecks {

    static final String SERVERS = "bootstrap.servers";

    private static final String ALLOWED = "1 to 249 of the characters a-z A-Z 0-9 . _ -";
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    /** Settings that would break what the job promises. */
    private static final Set<String> OURS =
            Set.of(
                    "group.id",
                    "client.id",
                    "transactional.id",
                    "transaction.timeout.ms",
                    "enable.auto.commit",
                    "auto.offset.reset",
                    "key.serializer",
                    "value.serializer",
                    "key.deserializer",
                    "value.deserializer");

    private final ReadableConfig given;
    private final ReadableConfig options;
    private final Set<Mistake> mistakes;

    /**
     * @param given options as they were written
     * @param options those of them that can be read
     * @param mistakes where mistakes go
     */
    KafkaChecks(ReadableConfig given, ReadableConfig options, Set<Mistake> mistakes) {
        this.given = given;
        this.options = options;
        this.mistakes = mistakes;
    }

    private static final List<ConfigOption<String>> FIELDS =
            List.of(
                    JobOptions.KEY,
                    JobOptions.TIME,
                    JobOptions.BOUNDARY,
                    JobOptions.LABEL,
                    JobOptions.WEIGHT,
                    JobOptions.MASK);

    void run() {
        checkClient();
        checkTopics();
        String name = options.get(JobOptions.NAME);
        if (!TOPIC.matcher(name).matches()) {
            wrong(JobOptions.NAME.key(), name, ALLOWED);
        }
        for (ConfigOption<String> option : FIELDS) {
            if (options.getOptional(option).filter(String::isBlank).isPresent()) {
                wrong(option.key(), "empty", "a name, or no " + option.key() + " at all");
            }
        }
    }

    private void checkClient() {
        Map<String, String> client = given.get(JobOptions.KAFKA);
        String key = JobOptions.BOOTSTRAP_SERVERS.key();
        String servers =
                options.getOptional(JobOptions.BOOTSTRAP_SERVERS).orElse(client.get(SERVERS));
        if (servers == null || servers.isBlank()) {
            wrong(key, "missing", "the addresses of Kafka, as broker-1:9092,broker-2:9092");
        } else if (client.containsKey(SERVERS) && !servers.equals(client.get(SERVERS))) {
            wrong(
                    key,
                    servers,
                    "the same as kafka." + SERVERS + ", which is " + client.get(SERVERS));
        }
        for (String name : client.keySet()) {
            if (OURS.contains(name)) {
                wrong("kafka." + name, "set", "none: the job sets it, see " + replacement(name));
            }
        }
    }

    private static String replacement(String name) {
        return switch (name) {
            case "transaction.timeout.ms" -> JobOptions.TRANSACTION_TIMEOUT.key();
            case "auto.offset.reset" -> JobOptions.START_FROM.key();
            default -> JobOptions.NAME.key();
        };
    }

    /**
     * Every topic has a name that Kafka takes, and nothing that is written is read back by the same
     * job.
     */
    private void checkTopics() {
        Map<String, ConfigOption<String>> seen = new HashMap<>();
        for (ConfigOption<String> option :
                List.of(
                        JobOptions.TOPIC_EVENTS,
                        JobOptions.TOPIC_TRAINING,
                        JobOptions.TOPIC_FORECASTS,
                        JobOptions.TOPIC_WEIGHTS,
                        JobOptions.TOPIC_LATE,
                        JobOptions.TOPIC_REJECTED,
                        JobOptions.TOPIC_CONTROL,
                        JobOptions.TOPIC_REPORTS)) {
            String name = options.getOptional(option).orElse(option.defaultValue());
            if (name == null) {
                continue;
            }
            boolean dots = name.equals(".") || name.equals("..");
            if (dots || !TOPIC.matcher(name).matches()) {
                wrong(option.key(), name, ALLOWED);
            }
            ConfigOption<String> other = seen.putIfAbsent(name, option);
            if (other != null) {
                boolean chosen = options.getOptional(option).isPresent();
                wrong(
                        (chosen ? option : other).key(),
                        name,
                        "a topic of its own; " + (chosen ? other : option).key() + " has this one");
            }
        }
    }

    private void wrong(String key, String value, String allowed) {
        mistakes.add(new Mistake(key, key + " is " + value + "; need " + allowed));
    }
}
