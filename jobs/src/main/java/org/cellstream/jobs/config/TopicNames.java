package org.cellstream.jobs.config;

import java.io.Serializable;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ReadableConfig;
import org.jspecify.annotations.Nullable;

/**
 * What the topics are called.
 *
 * @param events events to forecast from
 * @param training events to learn from; null to learn from those of {@code events}
 * @param forecasts one per event
 * @param weights weights as they are learned
 * @param late events older than the last one of their key
 * @param rejected what was no event, no order, or could not be stepped or obeyed
 * @param control orders about memories
 * @param reports states of keys, as orders asked for them
 */
@Internal
public record TopicNames(
        String events,
        @Nullable String training,
        String forecasts,
        String weights,
        String late,
        String rejected,
        String control,
        String reports)
        implements Serializable {

    static TopicNames from(ReadableConfig options) {
        return new TopicNames(
                options.get(JobOptions.TOPIC_EVENTS),
                options.getOptional(JobOptions.TOPIC_TRAINING).orElse(null),
                options.get(JobOptions.TOPIC_FORECASTS),
                options.get(JobOptions.TOPIC_WEIGHTS),
                options.get(JobOptions.TOPIC_LATE),
                options.get(JobOptions.TOPIC_REJECTED),
                options.get(JobOptions.TOPIC_CONTROL),
                options.get(JobOptions.TOPIC_REPORTS));
    }
}
