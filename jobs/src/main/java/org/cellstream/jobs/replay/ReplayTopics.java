package org.cellstream.jobs.replay;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.cellstream.jobs.config.JobOptions;
import org.cellstream.jobs.kafka.LocalKafka;

/**
 * The topics of a replay, as the job's options name them.
 *
 * @param events the rows of the file
 * @param forecasts one per accepted event
 * @param late events older than the last one of their key
 * @param rejected rows that were no events
 */
record ReplayTopics(String events, String forecasts, String late, String rejected) {

    /** One, so that the rows come in the file's order and event time needs no aligning. */
    private static final int EVENT_PARTITIONS = 1;

    private static final int PARTITIONS = 4;

    static ReplayTopics of(Configuration options) {
        return new ReplayTopics(
                options.get(JobOptions.TOPIC_EVENTS),
                options.get(JobOptions.TOPIC_FORECASTS),
                options.get(JobOptions.TOPIC_LATE),
                options.get(JobOptions.TOPIC_REJECTED));
    }

    void create(LocalKafka kafka) throws IOException {
        kafka.createTopic(events, EVENT_PARTITIONS, Map.of());
        for (String topic : written()) {
            kafka.createTopic(topic, PARTITIONS, Map.of());
        }
    }

    /** Those that the job writes. */
    List<String> written() {
        return List.of(forecasts, late, rejected);
    }
}
