package org.cellstream.jobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.cellstream.jobs.config.JobConfig;
import org.cellstream.jobs.config.JobOptions;
import org.cellstream.jobs.config.Mistake;
import org.cellstream.jobs.config.WrongConfigException;
import org.cellstream.jobs.kafka.ExistingTopic;
import org.cellstream.jobs.kafka.Topics;

/**
 * The topics that a job finds while it is put together.
 *
 * @param events events to forecast from
 * @param training events to learn from, which may be the same topic
 */
@Internal
public record TopicsAtStart(ExistingTopic events, ExistingTopic training) {

    private static final String CLEANUP = "cleanup.policy";

    /**
     * Looks up the topics of a job; makes none.
     *
     * @throws IOException if Kafka does not answer
     * @throws WrongConfigException if a topic is missing, or the one for weights is not compacted,
     *     or the one for orders is; it lists all
     */
    public static TopicsAtStart find(JobConfig config, Topics topics) throws IOException {
        List<Mistake> mistakes = new ArrayList<>();
        ExistingTopic events =
                find(topics, JobOptions.TOPIC_EVENTS, config.topics().events(), mistakes);
        String training = config.topics().training();
        ExistingTopic learned =
                training == null
                        ? events
                        : find(topics, JobOptions.TOPIC_TRAINING, training, mistakes);
        find(topics, JobOptions.TOPIC_FORECASTS, config.topics().forecasts(), mistakes);
        find(topics, JobOptions.TOPIC_LATE, config.topics().late(), mistakes);
        find(topics, JobOptions.TOPIC_REJECTED, config.topics().rejected(), mistakes);
        if (!config.timing().byEventTime()) {
            checkCleanup(topics, JobOptions.TOPIC_WEIGHTS, config.topics().weights(), mistakes);
        }
        checkCleanup(topics, JobOptions.TOPIC_CONTROL, config.topics().control(), mistakes);
        if (!mistakes.isEmpty()) {
            throw new WrongConfigException(
                    "the topics of Kafka at " + config.kafka().servers(), mistakes);
        }
        return new TopicsAtStart(events, learned);
    }

    private static ExistingTopic find(
            Topics topics, ConfigOption<String> option, String name, List<Mistake> mistakes)
            throws IOException {
        OptionalInt partitions = topics.partitions(name);
        if (partitions.isEmpty()) {
            mistakes.add(
                    new Mistake(
                            option.key(),
                            "%s is %s; need a topic that is there".formatted(option.key(), name)));
        }
        return new ExistingTopic(name, partitions.orElse(0));
    }

    /** Weights are compacted, since only the newest count; of orders every one does. */
    private static void checkCleanup(
            Topics topics, ConfigOption<String> option, String name, List<Mistake> mistakes)
            throws IOException {
        if (topics.partitions(name).isEmpty()) {
            return; // the job makes it
        }
        boolean compact = option.equals(JobOptions.TOPIC_WEIGHTS);
        String policy = topics.setting(name, CLEANUP);
        if (policy.contains("compact") != compact) {
            mistakes.add(
                    new Mistake(
                            option.key(),
                            "%s is %s, whose %s is %s; need %s"
                                    .formatted(
                                            option.key(),
                                            name,
                                            CLEANUP,
                                            policy,
                                            compact ? "compact" : "delete")));
        }
    }
}
