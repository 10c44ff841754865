package org.cellstream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.cellstream.event.StateReport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportReaderTest {

    private static final String TOPIC = "reports";
    private static final ControlTopic.Place ORDER = new ControlTopic.Place(1, 42, "{}");

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

    @Test
    void waitsForTheReportOfItsOwnOrder() throws Exception {
        try (ReportReader reader = reader()) {
            send(0, "A", report(7, 1, 41));
            send(1, "A", report(8, 0, 42));
            send(2, "A", report(9, 1, 42));
            send(3, "A", report(10, 1, 43));

            String report = reader.await(ORDER, Duration.ofSeconds(10)).orElseThrow();

            assertThat(report).startsWith("{\"key\":\"A\",\"time\":9,");
        }
    }

    @Test
    void passesOverRecordsThatAreNoReports() throws Exception {
        try (ReportReader reader = reader()) {
            List<String> others = List.of("", "no JSON", "[1]", "42", "{\"orderOffset\":42", "{}");
            for (int i = 0; i < others.size(); i++) {
                send(i, "A", others.get(i).getBytes(StandardCharsets.UTF_8));
            }
            send(others.size(), "A", null);
            send(others.size() + 1, "A", report(9, 1, 42));

            assertThat(reader.await(ORDER, Duration.ofSeconds(10))).isPresent();
        }
    }

    @Test
    void saysThatNoReportCame() throws Exception {
        try (ReportReader reader = reader()) {
            send(0, "A", report(7, 1, 41));

            assertThat(reader.await(ORDER, Duration.ofMillis(1))).isEmpty();
        }
    }

    private ReportReader reader() {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        consumer.assign(List.of(partition));
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        return new ReportReader(consumer, TOPIC);
    }

    private void send(long offset, String key, byte @Nullable [] value) {
        consumer.addRecord(
                new ConsumerRecord<>(
                        TOPIC, 0, offset, key.getBytes(StandardCharsets.UTF_8), value));
    }

    private static byte[] report(long time, int orderPartition, long orderOffset) {
        return new ReportEncoder(TOPIC)
                .encode(
                        new StateReport<>(
                                "A",
                                time,
                                1,
                                1,
                                1,
                                0,
                                orderPartition,
                                orderOffset,
                                Map.of("lstm", new float[] {1, 2})))
                .value();
    }
}
