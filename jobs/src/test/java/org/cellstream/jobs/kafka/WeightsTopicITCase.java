package org.cellstream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cellstream.event.WeightUpdate;
import org.cellstream.nn.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsTopicITCase {

    private static final Network NETWORK = Network.of(5).lstm(256).dense(1); // three slices
    private static final String TOPIC = "weights";

    @TempDir Path folder;

    @Test
    void findsTheNewestWholeVersionAmongWhateverElseThereIs() throws Exception {
        try (LocalKafka kafka = LocalKafka.start(folder)) {
            Map<String, String> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
            try (Topics topics = Topics.connect(client)) {
                WeightsTopic.create(topics, TOPIC);
                assertThat(topics.setting(TOPIC, "cleanup.policy")).isEqualTo("compact");
            }
            PublishedWeights none = WeightsTopic.newest(client, TOPIC, NETWORK);
            try (EventWriter writer = new EventWriter(kafka.bootstrapServers(), TOPIC)) {
                send(writer, WeightSlices.cut(version(1, 1)));
                writer.send("note", "not weights".getBytes(StandardCharsets.UTF_8));
                send(writer, WeightSlices.cut(version(1, 2)));
                send(writer, WeightSlices.cut(version(3, 1)).subList(0, 2));
                writer.flush();
            }

            PublishedWeights found = WeightsTopic.newest(client, TOPIC, NETWORK);

            assertThat(none.newest()).isEmpty();
            assertThat(none.highestGeneration()).isZero();
            assertThat(found.newest()).contains(version(1, 2));
            assertThat(found.highestGeneration()).isEqualTo(3);
            assertThat(WeightsTopic.newest(client, TOPIC, Network.of(5).dense(1)).newest())
                    .isEmpty();
        }
    }

    private static void send(EventWriter writer, List<WeightSlice> slices) throws Exception {
        for (WeightSlice slice : slices) {
            writer.send(new String(slice.key(), StandardCharsets.UTF_8), slice.encode());
        }
    }

    private static WeightUpdate version(long generation, long number) {
        Random random = new Random(generation * 100 + number);
        float[] values = new float[NETWORK.parameters().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return new WeightUpdate(
                generation, number, NETWORK.toString(), WeightUpdate.AT_ARRIVAL, values);
    }
}
