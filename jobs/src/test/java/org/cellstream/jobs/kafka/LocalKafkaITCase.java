package org.cellstream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKafkaITCase {

    @TempDir Path folder;

    @Test
    void findsItsTopicsAndItsAddressWhenOpenedAgain() throws Exception {
        String address;
        try (LocalKafka kafka = LocalKafka.start(folder)) {
            address = kafka.bootstrapServers();
            kafka.createTopic("events", 3, Map.of("cleanup.policy", "compact"));
        }

        try (LocalKafka kafka = LocalKafka.start(folder);
                Topics topics =
                        Topics.connect(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            assertThat(kafka.bootstrapServers()).isEqualTo(address);
            assertThat(topics.partitions("events")).hasValue(3);
            assertThat(topics.setting("events", "cleanup.policy")).isEqualTo("compact");
            assertThat(topics.partitions("forecasts")).isEmpty();
        }
    }

    @Test
    void takesAnotherPortIfItsOwnIsInUse() throws Exception {
        String address;
        try (LocalKafka kafka = LocalKafka.start(folder)) {
            address = kafka.bootstrapServers();
        }
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));

        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
                LocalKafka kafka = LocalKafka.start(folder)) {
            assertThat(taken.getLocalPort()).isEqualTo(port);
            assertThat(kafka.bootstrapServers()).startsWith("127.0.0.1:").isNotEqualTo(address);
        }
    }
}
