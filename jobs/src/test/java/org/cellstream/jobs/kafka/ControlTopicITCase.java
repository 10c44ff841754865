package org.cellstream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.cellstream.event.Control;
import org.cellstream.nn.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlTopicITCase {

    private static final Network NETWORK = Network.of(2).lstm(1).dense(1);
    private static final String TOPIC = "control";

    @TempDir Path folder;

    @Test
    void findsOldOrdersThatNameATimeWhereOldEventsAreRead() throws Exception {
        try (LocalKafka kafka = LocalKafka.start(folder)) {
            Map<String, String> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
            try (Topics topics = Topics.connect(client)) {
                ControlTopic.create(topics, TOPIC);
                assertThat(topics.setting(TOPIC, "retention.ms")).isEqualTo("-1");
            }
            ControlTopic.write(client, TOPIC, Control.reset("A"));
            ControlTopic.Place place = ControlTopic.write(client, TOPIC, Control.resetAll(5));
            try (EventWriter writer = new EventWriter(kafka.bootstrapServers(), TOPIC)) {
                writer.send(null, "no order".getBytes(StandardCharsets.UTF_8));
                writer.flush();
            }

            PastOrders earliest = past(client, StartFrom.EARLIEST);
            PastOrders latest = past(client, StartFrom.LATEST);

            assertThat(place)
                    .isEqualTo(new ControlTopic.Place(0, 1, "{\"control\":\"reset\",\"time\":5}"));
            assertThat(earliest.timed())
                    .extracting(Control::offset, Control::time)
                    .containsExactly(tuple(1L, 5L));
            assertThat(latest.timed()).isEmpty();
            assertThat(earliest.ends()).isEqualTo(Map.of(0, 3L)).isEqualTo(latest.ends());
        }
    }

    private static PastOrders past(Map<String, String> client, StartFrom start) throws Exception {
        KafkaSettings settings =
                new KafkaSettings(
                        "job", client, Delivery.EXACTLY_ONCE, Duration.ofMinutes(1), start, false);
        return ControlTopic.past(settings, TOPIC, NETWORK);
    }
}
