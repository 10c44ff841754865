package org.cellstream.jobs.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.annotation.Internal;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * How a job talks to Kafka.
 *
 * @param name of the job: its consumer group, and the prefix of its transactions
 * @param client settings of every client, {@code bootstrap.servers} among them
 * @param delivery what its sinks promise
 * @param transactionTimeout how long Kafka keeps a transaction open that nobody ends
 * @param startFrom where a job without a checkpoint starts to read
 * @param bounded whether it ends at the last record that was there when it started
 */
@Internal
public record KafkaSettings(
        String name,
        Map<String, String> client,
        Delivery delivery,
        Duration transactionTimeout,
        StartFrom startFrom,
        boolean bounded) {

    public KafkaSettings {
        client = Map.copyOf(client);
    }

    /** Addresses of Kafka. */
    public String servers() {
        return client.getOrDefault(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "no address");
    }

    /** The client's settings with {@code key} as given, unless the user set it otherwise. */
    Properties properties(String key, String value) {
        Properties properties = new Properties();
        properties.setProperty(key, value);
        properties.putAll(client);
        return properties;
    }
}
