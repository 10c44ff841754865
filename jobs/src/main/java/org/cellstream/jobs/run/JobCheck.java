package org.cellstream.jobs.run;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.Types;
import org.cellstream.KeyedLstm;
import org.cellstream.event.WeightUpdate;
import org.cellstream.jobs.TopicsAtStart;
import org.cellstream.jobs.config.JobConfig;
import org.cellstream.jobs.kafka.Topics;
import org.cellstream.jobs.kafka.WeightsTopic;
import org.cellstream.nn.Network;

/** Checks that a job would find what it needs; makes and changes nothing. */
@Internal
public final class JobCheck {

    private final JobConfig config;

    public JobCheck(JobConfig config) {
        this.config = config;
    }

    /**
     * Looks.
     *
     * @return what there is, a line each
     * @throws IOException if Kafka does not answer
     * @throws IllegalArgumentException if a topic is missing; the message lists all that are
     */
    public List<String> run() throws IOException {
        Network network = KeyedLstm.of(Types.STRING, config.options()).network();
        Map<String, String> client = config.kafka().client();
        try (Topics topics = Topics.connect(client)) {
            TopicsAtStart found = TopicsAtStart.find(config, topics);
            String all =
                    "Kafka at %s has all topics; %s has %d partitions"
                            .formatted(
                                    config.kafka().servers(),
                                    found.events().name(),
                                    found.events().partitions());
            return List.of(
                    all,
                    "the network is " + network,
                    weights(topics, network),
                    made(topics, "orders", config.topics().control()),
                    made(topics, "reports", config.topics().reports()));
        }
    }

    /** Of a topic that the job makes where it is not there. */
    private static String made(Topics topics, String what, String topic) throws IOException {
        return topics.partitions(topic).isEmpty()
                ? "topic " + topic + " is not there; the job will make it"
                : "%s are on topic %s".formatted(what, topic);
    }

    private String weights(Topics topics, Network network) throws IOException {
        String topic = config.topics().weights();
        if (config.timing().byEventTime()) {
            return "weights take effect by event time, so they are not on a topic";
        }
        if (topics.partitions(topic).isEmpty()) {
            return "topic " + topic + " is not there; the job will make it";
        }
        return WeightsTopic.newest(config.kafka().client(), topic, network)
                .newest()
                .map(newest -> version(topic, newest))
                .orElse(
                        "topic "
                                + topic
                                + " has no weights for this network; the job starts from seeded"
                                + " ones");
    }

    private static String version(String topic, WeightUpdate newest) {
        return "the job starts from the weights %d.%d on topic %s"
                .formatted(newest.generation(), newest.number(), topic);
    }
}
