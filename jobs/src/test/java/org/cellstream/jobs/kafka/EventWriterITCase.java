package org.cellstream.jobs.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventWriterITCase {

    private static LocalKafka kafka;

    @BeforeAll
    static void startBroker(@TempDir Path folder) throws IOException {
        kafka = LocalKafka.start(folder);
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void readsBackWhatWasWrittenInTheOrderOfItsKey() throws IOException {
        kafka.createTopic("in-order", 4, Map.of());
        try (EventWriter writer = new EventWriter(kafka.bootstrapServers(), "in-order");
                ForecastReader reader =
                        new ForecastReader(kafka.bootstrapServers(), List.of("in-order"))) {
            for (int i = 0; i < 1000; i++) {
                writer.send("key-" + i % 7, Integer.toString(i).getBytes(UTF_8));
            }
            writer.flush();

            List<Integer> read = new ArrayList<>();
            while (!reader.atEnd()) {
                reader.read(
                        Duration.ofMillis(100),
                        r -> read.add(Integer.valueOf(new String(r.json(), UTF_8))));
            }

            assertThat(read).hasSize(1000).doesNotHaveDuplicates();
            assertThat(read.stream().filter(i -> i % 7 == 3)).isSorted();
        }
    }

    @Test
    void saysSoWhenItIsInterrupted() {
        try (EventWriter writer = new EventWriter(kafka.bootstrapServers(), "none")) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> writer.send("a", new byte[1]))
                    .isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isFalse();
        }
    }
}
